import { describe, expect, test } from 'vitest';
import { sampleShape, wholeShape } from '@/model/lookup';

describe('a shape', () => {
  test('is that of one sample, with any number of axes', () => {
    expect(sampleShape([[0.1, 0.5]])).toEqual([2]);
    expect(sampleShape([[[[1, 2, 3]], [[4, 5, 6]]]])).toEqual([2, 1, 3]);
    expect(sampleShape([[null, null]])).toEqual([2]);
  });

  test('of a class for each sample has no axes', () => {
    expect(sampleShape([2, 0])).toEqual([]);
  });

  test('of all numbers includes the samples', () => {
    expect(wholeShape([[[[1, 2]]], [[[3, 4]]]])).toBe('2×1×1×2');
    expect(wholeShape([2, 0, 1])).toBe('3');
  });
});
