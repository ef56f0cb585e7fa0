import { describe, expect, test } from 'vitest';
import { refAt } from '@/matrices/matrix';
import { isOfStep, isReached, isWorkedOn, progressOf } from '@/matrices/progress';
import { finish, stepAt } from '@/model/cursor';
import { reached } from '@/model/results';
import { computedRefs } from '../computed';
import { ends } from '../ends';
import { recorded, SLUGS } from '../recorded';
import { equationsIn, matricesOf, resultIn } from './networks';

describe.each(SLUGS)('in %s', (slug) => {
  const { trace } = recorded(slug);
  const matrices = equationsIn(slug).flatMap(matricesOf);

  test('an entry is known exactly when its number is known', () => {
    for (let cursor = 0; cursor <= finish(trace.stages); cursor++) {
      for (const matrix of matrices) {
        const progress = progressOf(trace.stages, cursor, [], matrix);
        for (let row = 0; row < matrix.rows; row++) {
          for (let column = 0; column < matrix.columns; column++) {
            const ref = refAt(matrix, row, column) ?? '';
            expect(isReached(progress, matrix, row, column), `${ref} at ${cursor}`).toBe(reached(trace, cursor, ref));
          }
        }
      }
    }
  });

  test('the numbers that a step computes for the displayed sample are marked', () => {
    for (const cursor of ends(trace.stages, 'node')) {
      const pieces = stepAt(trace.stages, 'node', cursor);
      const due = new Set(computedRefs(pieces, 0));
      for (const matrix of matrices) {
        const progress = progressOf(trace.stages, cursor, pieces, matrix);
        for (let row = 0; row < matrix.rows; row++) {
          for (let column = 0; column < matrix.columns; column++) {
            const ref = refAt(matrix, row, column) ?? '';
            if (due.has(ref)) expect(isOfStep(progress, matrix, row, column), ref).toBe(true);
          }
        }
      }
    }
  });
});

test('the current equation is the one whose result the step computes', () => {
  const { stages } = recorded('two-layers').trace;
  const [first] = ends(stages, 'node');
  const pieces = stepAt(stages, 'node', first as number);
  expect(isWorkedOn(stages, pieces, resultIn('two-layers', 'fc_1 forward'))).toBe(true);
  expect(isWorkedOn(stages, pieces, resultIn('two-layers', 'fc_2 forward'))).toBe(false);
  expect(isWorkedOn(stages, [], resultIn('two-layers', 'fc_1 forward'))).toBe(false);
});
