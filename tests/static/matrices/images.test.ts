import { describe, expect, test } from 'vitest';
import type { Trace } from '@/api/types';
import { valueAt } from '@/lookup';
import { type Equation, equationsOf } from '@/matrices/equations';
import { type Matrix, placesIn, refAt, valueIn } from '@/matrices/matrix';
import { isReached, progressOf } from '@/matrices/progress';
import { isSet } from '@/matrices/room';
import { samplesOf } from '@/rows';
import { finish } from '@/timeline/cursor';
import { reached } from '@/timeline/known';
import { IMAGE_SLUGS, recorded } from '../recorded';
import { matricesOf } from './networks';

const rowsOf = (matrix: Matrix): number[][] =>
  Array.from({ length: matrix.rows }, (_, row) =>
    Array.from({ length: matrix.columns }, (_, column) => valueIn(matrix, row, column)),
  );

function product(equation: Equation, bias: boolean): { found: number[]; due: number[] } {
  const [result, left, right, added] = matricesOf(equation).map(rowsOf) as number[][][];
  const due = (left ?? []).flatMap((row) =>
    (right?.[0] ?? []).map(
      (_, column) =>
        row.reduce((sum, one, k) => sum + one * (right?.[k]?.[column] ?? Number.NaN), 0) +
        (bias ? (added?.[0]?.[column] ?? 0) : 0),
    ),
  );
  return { found: (result ?? []).flat(), due };
}

const expectProduct = (equation: Equation, bias = false): void => {
  const { found, due } = product(equation, bias);
  expect(found.length).toBe(due.length);
  found.forEach((one, place) => {
    expect(one).toBeCloseTo(due[place] as number, 10);
  });
};

const convolutions = (trace: Trace, kind: Equation['kind']): Equation[] =>
  equationsOf(trace).filter((one) => one.kind === kind && one.layer?.unrolled);

describe.each(IMAGE_SLUGS)('layers on images in %s', (slug) => {
  const { trace } = recorded(slug);

  test('show no number but the trace’s own, and 0 in the padding', () => {
    const matrices = equationsOf(trace)
      .flatMap(matricesOf)
      .filter(({ cells }) => cells);
    expect(matrices.length).toBeGreaterThan(6);
    for (const matrix of matrices) {
      for (let row = 0; row < matrix.rows; row++) {
        for (let column = 0; column < matrix.columns; column++) {
          const ref = refAt(matrix, row, column);
          const due = ref === null ? 0 : valueAt(trace, ref);
          if (valueIn(matrix, row, column) !== due) expect(valueIn(matrix, row, column), `${ref}`).toBe(due);
        }
      }
    }
  });

  test('are products forward and on the way back to the inputs, and for one sample to the weights', () => {
    expect(convolutions(trace, 'forward').length).toBeGreaterThan(0);
    for (const one of convolutions(trace, 'forward')) expectProduct(one, true);
    for (const one of convolutions(trace, 'inputs')) expectProduct(one);
    if (samplesOf(trace.document) === 1) for (const one of convolutions(trace, 'weights')) expectProduct(one);
  });

  test('an entry of a set matrix is known exactly when its number is', () => {
    const matrices = equationsOf(trace)
      .flatMap(matricesOf)
      .filter((one) => one.cells && isSet(one));
    for (let cursor = 0; cursor <= finish(trace.stages); cursor += slug === 'convolution' ? 1 : 997) {
      for (const matrix of matrices) {
        const progress = progressOf(trace.stages, cursor, [], matrix);
        for (let row = 0; row < matrix.rows; row++) {
          for (let column = 0; column < matrix.columns; column++) {
            const ref = refAt(matrix, row, column);
            if (ref === null) continue;
            expect(isReached(progress, matrix, row, column), `${ref} at ${cursor}`).toBe(reached(trace, cursor, ref));
          }
        }
      }
    }
  });
});

test('what windows see stands in several places, and all are found', () => {
  const { trace } = recorded('convolution');
  const [forward] = convolutions(trace, 'forward');
  const [, windows] = matricesOf(forward as Equation) as [Matrix, Matrix];
  const counts = Array.from({ length: windows.rows * windows.columns }, (_, k) => {
    const ref = refAt(windows, Math.floor(k / windows.columns), k % windows.columns);
    return ref ? placesIn(windows, ref).length : 0;
  });
  expect(Math.max(...counts)).toBeGreaterThan(1);
  expect(placesIn(windows, 'conv_1.w[0,0,0,0]')).toEqual([]);
});
