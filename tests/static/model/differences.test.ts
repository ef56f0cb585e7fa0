import { describe, expect, test } from 'vitest';
import type { Trace } from '@/api/types';
import { differences } from '@/model/differences';
import { setAt } from '@/model/json';
import { recorded } from '../recorded';

const { trace: chapter } = recorded('chapter');
const { trace: two } = recorded('two-layers');
const changed = (...edits: [string, unknown][]): Trace =>
  edits.reduce((trace, [pointer, value]) => setAt(trace, pointer, value), chapter);

describe('two steps', () => {
  test('that are the same have no differences', () => {
    const found = differences(chapter, chapter, 'all', 10);
    expect(found).toMatchObject({ rows: [], count: 0, alone: { before: 0, now: 0 } });
    // loss, η, 2 x, 2 y, 2 ∂x, 4 w, 4 ∂w, 2 b, 2 ∂b, 2 ŷ, 2 ∂ŷ
    expect(found.compared).toBe(24);
  });

  test('differ in numbers by their refs, the largest difference first', () => {
    const now = changed(
      ['/tensors/fc_1.w/0/1', 7],
      ['/tensors/fc_1.output/0/0', -20],
      ['/loss/value', 0.2],
      ['/tensors/x/0/1', -0.5],
    );
    const { rows, count } = differences(chapter, now, 'all', 10);
    expect(rows.map(({ ref }) => ref)).toEqual(['fc_1.output[0,0]', 'fc_1.w[0,1]', 'x[0,1]', 'loss']);
    expect(rows[1]).toMatchObject({ before: 0.2, now: 7, by: 6.8 });
    expect(count).toBe(4);
  });

  test('show as many as requested, the largest, and count all', () => {
    const now = changed(
      [
        '/tensors/fc_1.w',
        [
          [10, 40],
          [30, 20],
        ],
      ],
      ['/loss/value', 99],
    );
    const { rows, count } = differences(chapter, now, 'all', 2);
    expect(rows.map(({ ref }) => ref)).toEqual(['loss', 'fc_1.w[0,1]']);
    expect(count).toBe(5);
  });

  test('can be compared in one kind only', () => {
    const now = changed(['/tensors/fc_1.w.grad/0/0', 1], ['/tensors/fc_1.output/0/0', 2], ['/tensors/x/0/0', 3]);
    const refs = (kind: 'given' | 'output' | 'gradient') =>
      differences(chapter, now, kind, 9).rows.map(({ ref }) => ref);
    expect(refs('given')).toEqual(['x[0,0]']);
    expect(refs('output')).toEqual(['fc_1.output[0,0]']);
    expect(refs('gradient')).toEqual(['fc_1.w.grad[0,0]']);
  });

  test('of different networks count numbers without a counterpart', () => {
    const { alone, compared } = differences(chapter, two, 'all', 10);
    expect(compared).toBeGreaterThan(0);
    expect(alone.now).toBeGreaterThan(0);
    expect(differences(two, chapter, 'all', 10).alone.before).toBe(alone.now);
  });

  test('a number that became NaN is the largest difference', () => {
    const now = changed(['/tensors/fc_1.output/0/0', Number.NaN], ['/loss/value', 1e300]);
    expect(differences(chapter, now, 'all', 10).rows.map(({ ref }) => ref)).toEqual(['fc_1.output[0,0]', 'loss']);
  });

  test('minus zero is not zero', () => {
    const zero = changed(['/tensors/fc_1.output/0/0', 0]);
    const minus = setAt(zero, '/tensors/fc_1.output/0/0', -0);
    expect(differences(zero, minus, 'all', 10).count).toBe(1);
  });
});
