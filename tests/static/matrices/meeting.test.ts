import { expect, test } from 'vitest';
import { refAt } from '@/matrices/matrix';
import { bandsOf, isInBand } from '@/matrices/progress';
import { equationOf, matricesOf } from './networks';

const litIn = (id: string, ref: string): string[] => {
  const equation = equationOf('batch-of-three', id);
  const bands = bandsOf(equation, [ref]);
  return equation.parts.flatMap((part, place) => {
    if (part.kind !== 'matrix') return [];
    const { matrix } = part;
    return Array.from(
      { length: matrix.rows * matrix.columns },
      (_, k) => [Math.floor(k / matrix.columns), k % matrix.columns] as const,
    )
      .filter(([row, column]) => isInBand(bands[place] ?? null, row, column))
      .map(([row, column]) => refAt(matrix, row, column) ?? '');
  });
};

test('a row of the inputs and a column of the weights are multiplied to an output, with its bias', () => {
  expect(litIn('fc_2 forward', 'fc_2.output[1,0]')).toEqual([
    ...[0, 1, 2, 3].map((j) => `relu_1.output[1,${j}]`),
    ...[0, 1, 2, 3].map((j) => `fc_2.w[${j},0]`),
    'fc_2.b[0]',
  ]);
});

test('over the samples, an input and a gradient are multiplied to the gradient of a weight', () => {
  expect(litIn('fc_2 weights', 'fc_2.w.grad[2,1]')).toEqual([
    ...[0, 1, 2].map((n) => `relu_1.output[${n},2]`),
    ...[0, 1, 2].map((n) => `fc_2.output.grad[${n},1]`),
  ]);
});

test('a column of ∇ adds up to the gradient of a bias', () => {
  expect(litIn('fc_2 biases', 'fc_2.b.grad[1]')).toEqual([0, 1, 2].map((n) => `fc_2.output.grad[${n},1]`));
});

test('a row of ∇ and a row of the weights, a column of their transpose, are multiplied to the input gradient', () => {
  expect(litIn('fc_2 inputs', 'relu_1.output.grad[2,3]')).toEqual([
    'fc_2.output.grad[2,0]',
    'fc_2.output.grad[2,1]',
    'fc_2.w[3,0]',
    'fc_2.w[3,1]',
  ]);
});

test('in an elementwise equation, entries at the same place are highlighted', () => {
  expect(litIn('relu_1 forward', 'relu_1.output[0,2]')).toEqual(['fc_1.output[0,2]']);
});

test('nothing is highlighted for a number that the equation does not compute', () => {
  for (const { tensor } of matricesOf(equationOf('batch-of-three', 'fc_2 forward')).slice(1)) {
    expect(litIn('fc_2 forward', `${tensor}[0,0]`)).toEqual([]);
  }
  expect(litIn('fc_2 forward', 'fc_2.output.grad[0,0]')).toEqual([]);
});
