import { describe, expect, test } from 'vitest';
import type { Stage } from '@/api/types';
import { stepAt } from '@/model/cursor';
import { type Growing, growingAt } from '@/model/results';
import { computedRefs } from '../computed';
import { ends } from '../ends';
import { recorded, SLUGS } from '../recorded';

function walk(slug: (typeof SLUGS)[number]): Growing[] {
  const { trace } = recorded(slug);
  return ends(trace.stages, 'term').map((end) => growingAt(stepAt(trace.stages, 'term', end), 0) as Growing);
}

describe('term by term', () => {
  test('an output is summed over its products and its bias', () => {
    const [first, second, third, next] = walk('chapter') as [Growing, Growing, Growing, Growing];
    expect(first).toEqual({ ref: 'fc_1.output[0,0]', term: 0, terms: 3, settled: [] });
    expect(second).toMatchObject({ ref: 'fc_1.output[0,0]', term: 1, settled: [] });
    expect(third).toMatchObject({ ref: 'fc_1.output[0,0]', term: 2, settled: ['fc_1.output[0,0]'] });
    expect(next).toMatchObject({ ref: 'fc_1.output[0,1]', term: 0 });
  });

  test('the gradients of a unit’s weights are summed one after the other, each over the samples', () => {
    const refs = walk('batch-of-three').filter(({ ref }) => ref.startsWith('fc_1.w.grad') && ref.endsWith(',1]'));
    expect(refs.map(({ ref, term }) => `${ref} ${term}`)).toEqual(
      [0, 1, 2].flatMap((input) => [0, 1, 2].map((sample) => `fc_1.w.grad[${input},1] ${sample}`)),
    );
    // Finished numbers of the node stay known while the next one is summed.
    expect(refs.at(-1)?.settled).toEqual(['fc_1.w.grad[0,1]', 'fc_1.w.grad[1,1]', 'fc_1.w.grad[2,1]']);
  });

  test.each(SLUGS)('every number that a pass of %s computes is summed from its first term to its last', (slug) => {
    const { trace } = recorded(slug);
    const steps = walk(slug);
    const termsByRef = new Map<string, number[]>();
    for (const { ref, term } of steps) termsByRef.set(ref, [...(termsByRef.get(ref) ?? []), term]);
    const computed = new Set(
      ends(trace.stages, 'pass').flatMap((end) => computedRefs(stepAt(trace.stages, 'pass', end), 0)),
    );
    expect(new Set(termsByRef.keys())).toEqual(computed);
    for (const { ref, terms } of steps)
      expect(termsByRef.get(ref)).toEqual(Array.from({ length: terms }, (_, term) => term));
  });

  test('the statistics of a normalization are summed feature by feature', () => {
    const stage = {
      phase: 'forward',
      layer: 'bn_1',
      computes: 'mean',
      nodes: 2,
      terms: 3,
      start: 0,
      reads: ['x'],
      results: [{ name: 'bn_1.mean', shape: [2], each: 1, terms: 3, axis: null, sampled: false }],
      settles: {},
    } satisfies Stage;
    const sum = growingAt([{ stage, first: 1, end: 2, term: 2 }], 0);
    expect(sum).toEqual({ ref: 'bn_1.mean[1]', term: 2, terms: 3, settled: ['bn_1.mean[1]'] });
  });

  test('at a coarser grain there are no partial sums', () => {
    const { trace } = recorded('chapter');
    expect(growingAt(stepAt(trace.stages, 'node', 3), 0)).toBeNull();
    expect(growingAt([], 0)).toBeNull();
  });
});
