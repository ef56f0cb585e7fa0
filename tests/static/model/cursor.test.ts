import { describe, expect, test } from 'vitest';
import type { Stage } from '@/api/types';
import { finish, GRAINS, moved, phaseAt, phaseGroups, positionOf, stepAt, stepsDone, stepsIn } from '@/model/cursor';
import { ends } from '../ends';
import { recorded, SLUGS } from '../recorded';

const { stages } = recorded('chapter').trace;

const NONE = { reads: [], results: [], settles: {} };

describe('the cursor', () => {
  test('has four passes in the chapter’s example, or goes by layer, by node, by term', () => {
    expect(ends(stages, 'pass').map((end) => phaseAt(stages, end))).toEqual(['forward', 'loss', 'backward', 'update']);
    expect(stepsIn(stages, 'layer')).toBe(5);
    expect(stepsIn(stages, 'node')).toBe(11);
    expect(stepsIn(stages, 'term')).toBe(finish(stages));
  });

  test.each(SLUGS)('ends at the same place at every grain in %s', (slug) => {
    const { trace } = recorded(slug);
    for (const grain of GRAINS) expect(ends(trace.stages, grain).at(-1)).toBe(finish(trace.stages));
  });

  test('has every coarse end among the finer ends', () => {
    expect(ends(stages, 'layer')).toEqual(expect.arrayContaining(ends(stages, 'pass')));
    expect(ends(stages, 'node')).toEqual(expect.arrayContaining(ends(stages, 'layer')));
    expect(ends(stages, 'term')).toEqual(expect.arrayContaining(ends(stages, 'node')));
  });

  test.each(GRAINS)('goes back through the same places, at the grain %s', (grain) => {
    const there = [0];
    while (there.at(-1) !== finish(stages)) there.push(moved(stages, grain, there.at(-1) as number, 1));
    const back = [finish(stages)];
    while (back.at(-1) !== 0) back.push(moved(stages, grain, back.at(-1) as number, -1));
    expect(back.reverse()).toEqual(there);
    expect(there.slice(1)).toEqual(ends(stages, grain));
  });

  test('goes from the middle of a step to its end, or back to its beginning', () => {
    const [first, second] = ends(stages, 'node') as [number, number];
    expect(moved(stages, 'node', first + 1, 1)).toBe(second);
    expect(moved(stages, 'node', first + 1, -1)).toBe(first);
  });

  test('stays within the step at both ends', () => {
    expect(moved(stages, 'node', 0, -1)).toBe(0);
    expect(moved(stages, 'node', finish(stages), 1)).toBe(finish(stages));
    expect(positionOf(stages, 'node', -3)).toBe(0);
    expect(positionOf(stages, 'node', 999)).toBe(finish(stages));
  });

  test('knows the result of the last step', () => {
    expect(stepAt(stages, 'node', 0)).toEqual([]);
    const first = ends(stages, 'node')[0] as number;
    expect(stepAt(stages, 'node', first)).toEqual([{ stage: stages[0], first: 0, end: 1, term: null }]);
    const backward = stepAt(stages, 'pass', ends(stages, 'pass')[2] as number);
    expect(backward.map(({ stage }) => stage.computes)).toEqual([
      'loss_gradient',
      'parameter_gradients',
      'input_gradient',
    ]);
  });

  test('knows its term and its node, also at a coarser grain', () => {
    expect(stepAt(stages, 'term', 1)).toEqual([{ stage: stages[0], first: 0, end: 1, term: 0 }]);
    expect(stepAt(stages, 'term', 5)).toEqual([{ stage: stages[0], first: 1, end: 2, term: 1 }]);
    expect(stepAt(stages, 'node', 5)).toEqual([{ stage: stages[0], first: 1, end: 2, term: 1 }]);
    expect(stepAt(stages, 'layer', 5)).toEqual([{ stage: stages[0], first: 0, end: 1, term: null }]);
  });

  test('counts the finished steps', () => {
    const positions = ends(stages, 'layer');
    expect(stepsDone(stages, 'layer', 0)).toBe(0);
    expect(stepsDone(stages, 'layer', positions[1] as number)).toBe(2);
    expect(stepsDone(stages, 'layer', (positions[1] as number) + 1)).toBe(2);
  });

  test('counts the steps of each pass', () => {
    expect(phaseGroups(stages, 'node')).toEqual([
      { phase: 'forward', count: 2, before: 0 },
      { phase: 'loss', count: 1, before: 2 },
      { phase: 'backward', count: 6, before: 3 },
      { phase: 'update', count: 2, before: 9 },
    ]);
  });

  test('finds any step of billions without a list', () => {
    const huge: Stage[] = [
      { phase: 'forward', layer: 'fc_1', computes: 'output', nodes: 4096, terms: 1_000_001, start: 0, ...NONE },
      {
        phase: 'backward',
        layer: 'fc_1',
        computes: 'input_gradient',
        nodes: 1_000_000,
        terms: 4096,
        start: 4_096_004_096,
        ...NONE,
      },
    ];
    expect(stepsIn(huge, 'term')).toBe(8_192_004_096);
    const middle = positionOf(huge, 'term', 5_000_000_000);
    expect(middle).toBe(5_000_000_000);
    expect(stepAt(huge, 'term', middle)[0]).toMatchObject({ first: 220_702, term: 511 });
    expect(moved(huge, 'node', middle, -1)).toBe(middle - 512);
  });
});
