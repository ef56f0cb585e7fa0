import { describe, expect, test } from 'vitest';
import { ends, finish, GRAINS, moved, phaseAt, stepAt, stepsDone } from '@/timeline/cursor';
import { recorded, SLUGS } from '../recorded';

const { stages } = recorded('chapter').trace;

describe('the cursor', () => {
  test('goes through the chapter’s example in four passes, or layer by layer, or node by node', () => {
    expect(ends(stages, 'pass').map((end) => phaseAt(stages, end))).toEqual(['forward', 'loss', 'backward', 'update']);
    expect(ends(stages, 'layer').length).toBe(5);
    expect(ends(stages, 'node').length).toBe(11);
  });

  test.each(SLUGS)('ends at the same place at every grain in %s', (slug) => {
    const { trace } = recorded(slug);
    for (const grain of GRAINS) expect(ends(trace.stages, grain).at(-1)).toBe(finish(trace.stages));
    expect(finish(trace.stages)).toBe(trace.cursor);
  });

  test('has every coarse end among the finer ones', () => {
    expect(ends(stages, 'layer')).toEqual(expect.arrayContaining(ends(stages, 'pass')));
    expect(ends(stages, 'node')).toEqual(expect.arrayContaining(ends(stages, 'layer')));
  });

  test.each(GRAINS)('goes back through the places that it came by, at the grain %s', (grain) => {
    const positions = ends(stages, grain);
    const there = [0];
    while (there.at(-1) !== finish(stages)) there.push(moved(positions, there.at(-1) as number, 1));
    const back = [finish(stages)];
    while (back.at(-1) !== 0) back.push(moved(positions, back.at(-1) as number, -1));
    expect(back.reverse()).toEqual(there);
  });

  test('stays within the step at both ends', () => {
    expect(moved(ends(stages, 'node'), 0, -1)).toBe(0);
    expect(moved(ends(stages, 'node'), finish(stages), 1)).toBe(finish(stages));
  });

  test('says what the last step did', () => {
    expect(stepAt(stages, 'node', 0)).toEqual([]);
    const first = ends(stages, 'node')[0] as number;
    expect(stepAt(stages, 'node', first)).toEqual([{ stage: stages[0], first: 0, end: 1 }]);
    const backward = stepAt(stages, 'pass', ends(stages, 'pass')[2] as number);
    expect(backward.map(({ stage }) => stage.computes)).toEqual([
      'loss_gradient',
      'parameter_gradients',
      'input_gradient',
    ]);
  });

  test('counts the steps that are done', () => {
    const positions = ends(stages, 'layer');
    expect(stepsDone(positions, 0)).toBe(0);
    expect(stepsDone(positions, positions[1] as number)).toBe(2);
    expect(stepsDone(positions, (positions[1] as number) + 1)).toBe(2);
  });
});
