import { describe, expect, test } from 'vitest';
import type { LayerTrace } from '@/api/types';
import { bandOf, cellAt, factorsOf, heatRef, knownWith } from '@/diagram/heat-layout';
import type { Piece } from '@/model/cursor';

const VALUES = [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
];

describe('a place in a picture of weights', () => {
  test('is in the cell of its row and its column', () => {
    expect(cellAt(VALUES, 0.1, 0.9)).toEqual({ row: 1, column: 0 });
    expect(cellAt(VALUES, 0.9, 0.1)).toEqual({ row: 0, column: 3 });
    expect(cellAt(VALUES, 0.5, 0.5)).toEqual({ row: 1, column: 2 });
  });

  test('is in no cell outside', () => {
    for (const [across, down] of [
      [-0.01, 0.5],
      [1, 0.5],
      [0.5, -0.01],
      [0.5, 1],
    ] as const)
      expect(cellAt(VALUES, across, down)).toBeNull();
    expect(cellAt([], 0.5, 0.5)).toBeNull();
  });
});

test('a cell is a weight, its gradient or its updated value', () => {
  const layer = { name: 'fc_1' } as LayerTrace;
  expect((['value', 'gradient', 'next'] as const).map((shown) => heatRef(layer, [2, 5], shown as never))).toEqual([
    'fc_1.w[2,5]',
    'fc_1.w.grad[2,5]',
    'fc_1.w.next[2,5]',
  ]);
});

test('a product is known with the sum of its unit, and its factors are a weight and an input', () => {
  const layer = { name: 'fc_2', inputs: ['relu_1.output'], output: 'fc_2.output' } as LayerTrace;
  expect(knownWith(layer, [2, 5], 'product', 1)).toBe('fc_2.output[1,5]');
  expect(knownWith(layer, [2, 5], 'gradient', 1)).toBe('fc_2.w.grad[2,5]');
  expect(factorsOf(layer, [2, 5], 1)).toEqual(['fc_2.w[2,5]', 'relu_1.output[1,2]']);
});

test('a step marks the column of its unit, or backward the row of its input', () => {
  const piece = (computes: string, first: number, end: number) =>
    ({ stage: { layer: 'fc_1', computes }, first, end }) as unknown as Piece;
  expect(bandOf(piece('output', 3, 4), 'fc_1')).toEqual({ row: null, column: 3 });
  expect(bandOf(piece('input_gradient', 3, 4), 'fc_1')).toEqual({ row: 3, column: null });
  expect(bandOf(piece('output', 3, 4), 'fc_2')).toBeNull();
  expect(bandOf(piece('output', 0, 4), 'fc_1')).toBeNull();
});
