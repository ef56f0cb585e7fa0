import { expect, test } from 'vitest';
import type { Trace } from '@/api/types';
import { columnsOf } from '@/model/columns';
import { isFrozen } from '@/model/given';
import { pictureOf } from '@/model/picture';
import { recorded } from '../recorded';

const { trace } = recorded('two-layers');

test('the document defines what is frozen, for a number, its gradient and its next value', () => {
  const [first, ...others] = trace.document.layers;
  const frozen = { document: { ...trace.document, layers: [{ ...first, frozen: ['b'] }, ...others] } } as Trace;
  for (const ref of ['fc_1.b[0]', 'fc_1.b.grad[0]', 'fc_1.b.next[1]', 'fc_1.b']) {
    expect(isFrozen(frozen, ref)).toBe(true);
    expect(isFrozen(trace, ref)).toBe(false);
  }
  for (const ref of ['fc_1.w[0,0]', 'fc_2.b[0]', 'fc_1.output[0,0]', 'x[0,0]', 'loss', null]) {
    expect(isFrozen(frozen, ref)).toBe(false);
  }
  expect(isFrozen(null, 'fc_1.b[0]')).toBe(false);
});

/** The same network, with a first layer without bias. */
function unbiased(): Trace {
  const layers = trace.layers.map((layer) => (layer.name === 'fc_1' ? { ...layer, parameters: ['fc_1.w'] } : layer));
  const { 'fc_1.b': _, 'fc_1.b.grad': __, 'fc_1.b.next': ___, ...tensors } = trace.tensors;
  return { ...trace, layers, tensors };
}

test('a layer without bias has no bias node and no edge from one', () => {
  const without = unbiased();
  const [inputs, hidden, outputs] = columnsOf(without);
  expect([hidden?.edges, outputs?.edges]).toEqual([
    (inputs?.count ?? 0) * (hidden?.count ?? 0),
    ((hidden?.count ?? 0) + 1) * (outputs?.count ?? 0),
  ]);
  const shown = columnsOf(without).map(({ count }) => ({ units: [...Array(count).keys()], gaps: [] }));
  const { nodes, edges } = pictureOf(without, columnsOf(without), shown as never);
  expect(nodes.filter(({ role }) => role === 'bias').map(({ ref }) => ref)).toEqual(['fc_2.one[0]']);
  expect(edges.some(({ ref }) => ref?.startsWith('fc_1.b'))).toBe(false);
  expect(edges.some(({ ref }) => ref?.startsWith('fc_1.w'))).toBe(true);
});
