import { describe, expect, test } from 'vitest';
import type { Explanation, MatrixForm } from '@/api/types';
import { valueAt } from '@/model/lookup';
import { clipped, productOf } from '@/model/product';
import { explanation, recorded } from '../recorded';

const { trace } = recorded('batch-of-three');

/** Law 1 for ∂ℓ/∂w_23: row 2 of Xᵀ times column 3 of ∇. */
const law1: MatrixForm = {
  formula: 'Xᵀ∇',
  left: { symbol: 'X', tensor: 'x', transposed: true, shape: [3, 3], kind: 'row', at: 1, entries: [], more: 0 },
  right: {
    symbol: '∇^(1)',
    tensor: 'fc_1.output.grad',
    transposed: false,
    shape: [3, 4],
    kind: 'column',
    at: 2,
    entries: [],
    more: 0,
  },
  plus: null,
};
const of: Explanation = {
  ...explanation('batch-of-three', 'fc_1.w.grad[1,2]'),
  notation: 'matrix',
  notations: ['scalar', 'matrix'],
  matrix: law1,
  paths: null,
};

describe('a product of matrices', () => {
  const product = productOf(trace, law1, of);

  test('has the numbers of the trace, transposed tensors with exchanged indices', () => {
    expect(product.left.map((row) => row.map((cell) => cell?.ref))).toEqual([
      ['x[0,0]', 'x[1,0]', 'x[2,0]'],
      ['x[0,1]', 'x[1,1]', 'x[2,1]'],
      ['x[0,2]', 'x[1,2]', 'x[2,2]'],
    ]);
    for (const cell of [...product.left, ...product.right, ...product.result].flat()) {
      if (cell?.ref) expect(cell.value, cell.ref).toBe(valueAt(trace, cell.ref));
    }
  });

  test('highlights the row and the column of the explained number', () => {
    expect(product.left.map((row) => row.every((cell) => cell?.lit))).toEqual([false, true, false]);
    expect(product.right.map((row) => row.map((cell) => cell?.lit))).toEqual([
      [undefined, false, true, undefined],
      [undefined, false, true, undefined],
      [undefined, false, true, undefined],
    ]);
    const met = product.result.flat().filter((cell) => cell?.lit);
    expect(met).toEqual([{ ref: 'fc_1.w.grad[1,2]', value: of.value, lit: true }]);
  });

  test('is the sum over its row times its column', () => {
    const row = product.left[1]?.map((cell) => cell?.value ?? Number.NaN) ?? [];
    const column = product.right.map((cells) => cells.find((cell) => cell?.lit)?.value ?? Number.NaN);
    const sum = row.reduce((total, value, place) => total + value * (column[place] ?? Number.NaN), 0);
    expect(sum).toBeCloseTo(of.value, 12);
  });

  test('that is not drawn completely has only the numbers of its highlighted line', () => {
    const entries = [{ ref: 'x[0,0]', symbol: 'x_1', value: 7 }];
    const thought = { ...law1.left, tensor: null, shape: [2, 1], at: 0, entries };
    const { left } = productOf(trace, { ...law1, left: thought, right: { ...law1.right, shape: [1, 4] } }, of);
    expect(left).toEqual([[{ ref: 'x[0,0]', value: 7, lit: true }], [{ ref: null, value: null, lit: false }]]);
  });
});

describe('a large matrix', () => {
  test('is clipped around the highlighted entries', () => {
    expect(clipped(784, 5, 3)).toEqual([null, 4, 5, 6, null]);
    expect(clipped(784, 0, 3)).toEqual([0, 1, 2, null]);
    expect(clipped(784, 783, 3)).toEqual([null, 781, 782, 783]);
    expect(clipped(3, 1, 3)).toEqual([0, 1, 2]);
  });

  test('shows the first and the last entries if all are highlighted', () => {
    expect(clipped(784, null, 3)).toEqual([0, 1, null, 783]);
  });
});
