import { describe, expect, test } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import { isMoved, pointerOf, refAt, samplesIn, sampleWithin } from '@/model/given';
import { getAt } from '@/model/json';
import { valueAt } from '@/model/lookup';
import { recorded, SLUGS } from '../recorded';

describe('the numbers that are given', () => {
  test.each(SLUGS)('are found in the document of %s', (slug) => {
    const all = recorded(slug).trace;
    for (const { ref } of all.edges ?? []) {
      if (ref === null) continue;
      const pointer = pointerOf(all, ref) as string;
      expect(getAt(all.document, pointer), pointer).toBe(valueAt(all, ref));
    }
    expect(pointerOf(all, 'x[0,1]')).toBe('/x/0/1');
    expect(pointerOf(all, 'fc_1.output[0,0]')).toBeNull();
  });

  test('for a class target are its one-hot values, without a separate place', () => {
    const { trace: rows } = recorded('batch-of-three');
    const all = { ...rows, document: { ...rows.document, y: [1, 0, 1] } };
    expect(pointerOf(all, 'y[0,1]')).toBeNull();
    expect(pointerOf(rows, 'y[0,1]')).toBe('/y/0/1');
  });

  test.each(SLUGS)('have their refs at their places in %s', (slug) => {
    const all = recorded(slug).trace;
    const refs = ['x[0,1]', 'y[0,0]', ...(all.edges ?? []).flatMap(({ ref }) => ref ?? [])];
    for (const ref of refs) {
      const pointer = pointerOf(all, ref);
      if (pointer) expect(refAt(all, pointer), pointer).toBe(ref);
    }
  });

  test('of a mini-batch are those of its rows, and a row outside of it has none', () => {
    const { trace: whole } = recorded('batch-of-three');
    const { x, y, ...rest } = whole.document;
    const document = { ...rest, data: { rows: { x, y } } } as typeof whole.document;
    const all = { ...whole, document, batch_rows: [2, 0] };
    expect(samplesIn(all)).toBe(2);
    expect(samplesIn(whole)).toBe(3);
    expect(pointerOf(all, 'x[0,1]')).toBe('/data/rows/x/2/1');
    expect(refAt(all, '/data/rows/x/2/1')).toBe('x[0,1]');
    expect(refAt(all, '/data/rows/y/0/0')).toBe('y[1,0]');
    expect(refAt(all, '/data/rows/x/1/1')).toBeNull();
    const drawn = { ...all, document: { ...document, data: { set: 'spiral' } } } as typeof all;
    expect(pointerOf(drawn, 'x[0,1]')).toBeNull();
  });

  test('a class links to its target, and a setting to none', () => {
    const { trace: rows } = recorded('batch-of-three');
    const all = { ...rows, document: { ...rows.document, y: [1, 0, 1] } };
    expect(refAt(all, '/y/1')).toBe('y[1,0]');
    expect(refAt(all, '/layers/0/output_dim')).toBeNull();
    expect(refAt(all, '/seed')).toBeNull();
    const data = { ...rows, document: { ...rows.document, data: { rows: { x: [[1]], y: [[1]] } } } };
    expect(refAt(data as unknown as typeof rows, '/data/rows/x/0/1')).toBe('x[0,1]');
  });
});

test('the numerical check perturbs given numbers, and no computed ones', () => {
  const { trace } = recorded('two-layers');
  const normalized = recorded('normalized-rows').trace;
  for (const ref of ['x[0,1]', 'fc_1.w[0,1]', 'fc_1.b[0]']) expect(isMoved(trace, ref), ref).toBe(true);
  expect(normalized.layers[0]?.parameters).toContain('batch_norm_1.gamma');
  expect(isMoved(normalized, 'batch_norm_1.gamma[0]')).toBe(true);
  const computed = ['x.grad[0,1]', 'fc_1.output[0,1]', 'fc_1.w.next[0,1]', 'fc_1.w.velocity[0,1]', 'fc_1.one[0]'];
  for (const ref of [...computed, 'loss', 'y[0,0]', 'lr']) expect(isMoved(trace, ref), ref).toBe(false);
  for (const ref of ['dropout_1.mask[0,1]', 'batch_norm_1.running_mean[0]']) {
    expect(isMoved(normalized, ref), ref).toBe(false);
  }
});

test('a sample stays within the rows of a document, of which a set has none', () => {
  const rows = { x: [[1], [2]], y: [[0], [0]] } as unknown as NetworkDocument;
  expect([sampleWithin(rows, 5), sampleWithin(rows, 1)]).toEqual([1, 1]);
  expect(sampleWithin({ data: { set: 'spiral' } } as NetworkDocument, 5)).toBe(5);
});
