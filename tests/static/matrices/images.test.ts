import { describe, expect, test } from 'vitest';
import { choiceIn, isSet, type Matrix, matrixOf, placesIn, refAt, valueIn } from '@/matrices/matrix';
import { bandsOf, isInBand, isReached, progressOf } from '@/matrices/progress';
import { finish } from '@/model/cursor';
import { reached } from '@/model/results';
import { IMAGE_SLUGS, LAYER_SLUGS, recorded } from '../recorded';
import { equationOf, equationsIn, matricesOf } from './networks';

const rowsOf = (matrix: Matrix): number[][] =>
  Array.from({ length: matrix.rows }, (_, row) =>
    Array.from({ length: matrix.columns }, (_, column) => valueIn(matrix, row, column)),
  );

test.each([...IMAGE_SLUGS, ...LAYER_SLUGS])(
  'in %s an entry of a typeset matrix is known exactly when its number is known',
  (slug) => {
    const { trace } = recorded(slug);
    const step = { convolution: 1, 'digits-cnn': 997 }[slug as string] ?? 3;
    for (let cursor = 0; cursor <= finish(trace.stages); cursor += step) {
      for (const matrix of equationsIn(slug).flatMap(matricesOf).filter(isSet)) {
        const progress = progressOf(trace.stages, cursor, [], matrix);
        for (let row = 0; row < matrix.rows; row++) {
          for (let column = 0; column < matrix.columns; column++) {
            const ref = refAt(matrix, row, column);
            if (ref === null) continue;
            const due = reached(trace, cursor, ref);
            if (isReached(progress, matrix, row, column) !== due) expect(`${ref} at ${cursor}`).toBe(due);
          }
        }
      }
    }
  },
);

test('every number is found at all of its places, and at no other', () => {
  for (const slug of ['convolution', 'pools', 'normalized-images'] as const) {
    for (const matrix of equationsIn(slug).flatMap(matricesOf)) {
      const places = new Map<string, string[]>();
      for (let row = 0; row < matrix.rows; row++) {
        for (let column = 0; column < matrix.columns; column++) {
          const ref = refAt(matrix, row, column);
          if (ref !== null) places.set(ref, [...(places.get(ref) ?? []), `${row} ${column}`]);
        }
      }
      for (const [ref, due] of places) {
        const found = placesIn(matrix, ref).map((place) => place.join(' '));
        expect(found.toSorted(), ref).toEqual(due.toSorted());
      }
      expect(placesIn(matrix, 'loss')).toEqual([]);
    }
  }
  const windows = matricesOf(equationOf('convolution', 'conv_1 forward'))[1] as Matrix;
  expect(placesIn(windows, 'x[0,0,1,1]').length).toBe(4);
  expect(placesIn(windows, 'conv_1.w[0,0,0,0]')).toEqual([]);
});

test('windows on a sequence have columns and no rows', () => {
  const { trace } = recorded('convolution');
  const seen = {
    rows: [],
    columns: [
      [null, 0],
      [0, 1],
      [1, 2],
      [2, null],
    ],
  };
  const [layer] = trace.layers;
  if (!layer) throw new Error('no layer');
  const unrolled = { output: seen, input_gradient: seen, chosen: null };
  const sequences = { ...trace, layers: [{ ...layer, unrolled }], tensors: { x: [[[5, 6, 7]]] } };
  const windows = { layer: layer.name, of: 'output' } as const;
  const operand = {
    tensor: 'x',
    axes: ['n', 'c', 'sj'],
    rows: 's',
    columns: 'cj',
    meets: '',
    transposed: false,
    turned: false,
    windows,
  };
  const matrix = matrixOf(sequences, operand, { n: 1, c: 1, s: 4, j: 2 });
  expect(rowsOf(matrix)).toEqual([
    [0, 5],
    [5, 6],
    [6, 7],
    [7, 0],
  ]);
  expect(refAt(matrix, 2, 1)).toBe('x[0,0,2]');
  expect(refAt(matrix, 3, 1)).toBeNull();
  expect(placesIn(matrix, 'x[0,0,1]')).toEqual([
    [1, 1],
    [2, 0],
  ]);
});

test('of a batch the displayed sample is present, and another one has no place', () => {
  const output = matricesOf(equationOf('pools', 'avg_pool_1 forward'))[0] as Matrix;
  expect(placesIn(output, 'avg_pool_1.output[0,1,0,2]')).toEqual([[8, 0]]);
  expect(placesIn(output, 'avg_pool_1.output[1,1,0,2]')).toEqual([]);
});

test('max pools mark the choice of each window, and its gradient in the backward pass', () => {
  for (const id of ['max_pool_1 forward', 'max_pool_1 back']) {
    const [result, windows] = matricesOf(equationOf('pools', id)) as [Matrix, Matrix];
    const chosen = rowsOf(windows).map((row, r) => [
      row.filter((_, t) => choiceIn(windows, r, t)?.chosen).reduce((sum, one) => sum + one, 0),
    ]);
    expect(rowsOf(result)).toEqual(chosen);
    expect(choiceIn(result, 0, 0)).toBeNull();
  }
  const windows = matricesOf(equationOf('pools', 'max_pool_1 forward'))[1] as Matrix;
  expect(choiceIn(windows, 1, 0)?.by).toBe('max_pool_1.output[0,0,0,1]');
});

test('a flattened tensor is read row by row, and an entry highlights the same number', () => {
  const forward = equationOf('pools', 'flatten_1 forward');
  const [flat, images] = matricesOf(forward) as [Matrix, Matrix];
  expect(rowsOf(images).flat()).toEqual(rowsOf(flat)[0]);
  expect(bandsOf(forward, ['flatten_1.output[0,3]']).at(-1)).toEqual({
    rows: { first: 1, end: 2 },
    columns: { first: 1, end: 2 },
  });
});

describe('an entry of a convolution combines', () => {
  const litIn = (id: string, ref: string) => {
    const equation = equationOf('convolution', id);
    return bandsOf(equation, [ref]).map((band, place) => {
      const part = equation.parts[place];
      if (part?.kind !== 'matrix') return null;
      const { rows, columns } = part.matrix;
      const cells = Array.from({ length: rows * columns }, (_, k) => [Math.floor(k / columns), k % columns] as const);
      return cells.filter(([row, column]) => isInBand(band, row, column)).length;
    });
  };
  test('a row of windows, a column of filters and a bias', () => {
    expect(litIn('conv_1 forward', 'conv_1.output[0,0,1,0]')).toEqual([0, null, 4, 4, null, 1]);
  });
  test('for the gradient of a bias, all places', () => {
    expect(litIn('conv_1 biases', 'conv_1.b.grad[0]')).toEqual([0, null, null, 4]);
  });
});
