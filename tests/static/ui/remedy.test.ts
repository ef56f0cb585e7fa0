import { describe, expect, test } from 'vitest';
import type { NetworkDocument, Remedy } from '@/api/types';
import { remedied } from '@/ui/OneWarning';

const document = {
  input_shape: [1],
  layers: [
    { type: 'Linear', name: 'fc_1', output_dim: 1, w: [[1]], b: [0] },
    { type: 'Sigmoid', name: 's' },
  ],
  loss: { type: 'binary_cross_entropy' },
  optimizer: { type: 'sgd', lr: 0.1 },
  x: [[1], [2]],
  y: [[1], [0.25]],
} as unknown as NetworkDocument;

const after = (remedy: Partial<Remedy>, from = document): NetworkDocument | undefined =>
  remedied(from, { layer: null, value: null, ...remedy } as Remedy, 'Mean squared error')?.document;

describe('a remedy', () => {
  test('removes a layer and keeps the weights of the others', () => {
    const removed = after({ kind: 'remove', layer: 's' });
    expect(removed?.layers).toEqual(document.layers.slice(0, 1));
    expect(removed?.y).toEqual(document.y);
  });

  test('for a removed layer does nothing', () => {
    expect(after({ kind: 'remove', layer: 'other' })).toBeUndefined();
    expect(after({ kind: 'outputs', layer: 'other', value: 2 })).toBeUndefined();
  });

  test('creates two outputs, and keeps the share of the second class', () => {
    const widened = after({ kind: 'outputs', layer: 'fc_1', value: 2 });
    expect(widened?.layers[0]).toEqual({ ...document.layers[0], output_dim: 2 });
    expect(widened?.y).toEqual([
      [0, 1],
      [0.75, 0.25],
    ]);
    expect(after({ kind: 'outputs', layer: 'fc_1', value: 2 }, { ...document, y: [0, 0] })?.y).toEqual([0, 0]);
  });

  test('changes the loss, and turns targets into rows', () => {
    const other = after({ kind: 'loss', value: 'mean_squared_error' }, { ...document, y: [0, 0] });
    expect(other?.loss).toEqual({ type: 'mean_squared_error' });
    expect(other?.y).toEqual([[0], [0]]);
  });

  test('divides targets by their sums', () => {
    const y = [
      [1, 1],
      [0.2, 0.6],
    ];
    const shared = after({ kind: 'share_targets' }, { ...document, y })?.y as number[][];
    expect(shared[0]).toEqual([0.5, 0.5]);
    expect(shared[1]?.[0]).toBeCloseTo(0.25, 15);
  });
});
