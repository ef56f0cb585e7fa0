import { describe, expect, test } from 'vitest';
import type { LayerTrace } from '@/api/types';
import { fieldAlong, fieldOf } from '@/maps/links';
import { recorded } from '../recorded';

const WINDOW = { size: [2, 3], stride: 2, padding: 1, dilation: 2, transposed: false, across: true };
// One axis of a 6-wide image under two windows of size 3 with stride 2, the first of them in the padding.
const UNDER = [
  [null, 1, 3],
  [1, 3, 5],
];
const OVER = [
  [null, null, null],
  [1, 0, null],
  [null, null, null],
  [null, 1, 0],
  [null, null, null],
  [null, null, 1],
];
const layer = (transposed: boolean): LayerTrace => {
  const [output, input_gradient] = transposed ? [OVER, UNDER] : [UNDER, OVER];
  const both = (lines: (number | null)[][]) => ({ rows: lines, columns: lines });
  const unrolled = { output: both(output), input_gradient: both(input_gradient), share: null, chosen: null };
  const [first] = recorded('convolution').trace.layers;
  return { ...(first as LayerTrace), window: { ...WINDOW, size: [3, 3], transposed }, unrolled } as LayerTrace;
};

describe('a window', () => {
  test('covers its numbers evenly, including padding', () => {
    expect(fieldOf(layer(false), 'forward', [0, 1])?.box).toEqual({ top: -1, left: 1, rows: 5, columns: 5 });
    expect(fieldOf(layer(true), 'back', [0, 1])?.box).toEqual({ top: -1, left: 1, rows: 5, columns: 5 });
  });

  test('passes gradients to the pixels in it, and to no others', () => {
    expect(fieldOf(layer(false), 'back', [1, 3])?.box).toEqual({ top: 0, left: 0, rows: 2, columns: 2 });
    expect(fieldOf(layer(false), 'back', [5, 1])?.box).toEqual({ top: 1, left: 0, rows: 1, columns: 2 });
    expect(fieldOf(layer(false), 'back', [0, 1])?.box).toBeNull();
    expect(fieldOf(layer(true), 'forward', [1, 3])?.box).toEqual({ top: 0, left: 0, rows: 2, columns: 2 });
  });

  test('has each of its places on one pixel per stride', () => {
    for (const transposed of [false, true]) {
      expect(fieldAlong(layer(transposed), [0, 2])).toEqual({ top: -1, left: 3, rows: 3, columns: 3 });
    }
  });

  test('exists only if the service lists its inputs', () => {
    expect(fieldOf({ ...layer(false), unrolled: null }, 'forward', [0, 0])).toBeNull();
    expect(fieldAlong({ ...layer(false), unrolled: null }, [0, 0])).toBeNull();
    expect(fieldOf({ ...layer(false), window: null }, 'forward', [0, 0])).toBeNull();
  });
});
