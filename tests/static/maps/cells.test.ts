import { describe, expect, test } from 'vitest';
import { areWritten, fitsNumbers, inCell, LEFT_OUT } from '@/numbers/format';
import { isDiverging, rangeOf, strength, together } from '@/ui/heat';
import { moveIn } from '@/ui/roving';

describe('the keys', () => {
  test('move from cell to cell and stop at the border', () => {
    expect(moveIn('ArrowRight', [0, 0], 3, 4)).toEqual([0, 1]);
    expect(moveIn('ArrowDown', [0, 1], 3, 4)).toEqual([1, 1]);
    expect(moveIn('ArrowUp', [0, 1], 3, 4)).toEqual([0, 1]);
    expect(moveIn('ArrowRight', [1, 3], 3, 4)).toEqual([1, 3]);
    expect(moveIn('End', [1, 0], 3, 4)).toEqual([1, 3]);
    expect(moveIn('PageDown', [0, 2], 3, 4)).toEqual([2, 2]);
  });

  test('that do not move leave the event to others', () => {
    expect(moveIn('x', [0, 0], 3, 4)).toBeNull();
    expect(moveIn('Tab', [0, 0], 3, 4)).toBeNull();
  });
});

test('numbers are written if there is room, with as many digits as fit', () => {
  expect(fitsNumbers({ width: 46, height: 46 }, 9)).toBe(true);
  expect(fitsNumbers({ width: 12, height: 46 }, 9)).toBe(false);
  expect(fitsNumbers({ width: 46, height: 46 }, 784)).toBe(false);
  expect(inCell(0.946123456, 32)).toBe('0.946');
  expect(inCell(0.946123456, 46)).toBe('0.94612');
  expect(inCell(-0.946123456, 500)).toBe('−0.946123');
  expect(inCell(1.938, 46)).toBe('1.938');
});

test('a number without room is replaced by a sign, never cut', () => {
  expect(inCell(-3.1e-5, 32)).toBe(LEFT_OUT);
  expect(inCell(-3.1e-5, 54)).toBe('−3.1·10⁻⁵');
  expect(inCell(-3.1e-5, 54, 22)).toBe(LEFT_OUT);
  expect(inCell(49, 30, 22)).toBe('49');
});

test('large numbers are written if all numbers of a map fit', () => {
  const cell = { width: 48, height: 48 };
  expect(areWritten([[1, -9]], cell, 22)).toBe(true);
  expect(areWritten([[1, -0.125]], cell, 22)).toBe(false);
  expect(areWritten([[1, -0.125]], { width: 56, height: 48 }, 22)).toBe(true);
  expect(areWritten([[1, -9]], { width: 48, height: 20 }, 22)).toBe(false);
  expect(areWritten([Array(401).fill(1)], cell, 22)).toBe(false);
});

describe('the range of a layer', () => {
  test('ignores NaN', () => {
    expect(rangeOf([1, Number.NaN, -3, Number.POSITIVE_INFINITY])).toEqual({ low: -3, high: 1 });
    expect(rangeOf([])).toEqual({ low: 0, high: 0 });
  });

  test('is the widest if it is shared', () => {
    expect(together([rangeOf([0, 1]), rangeOf([-5, 0.5])])).toEqual({ low: -5, high: 1 });
  });

  test('gives the strength of a number, symmetric about 0', () => {
    const range = rangeOf([-4, 2]);
    expect(isDiverging(range)).toBe(true);
    expect([strength(-4, range), strength(2, range), strength(0, range)]).toEqual([-1, 0.5, 0]);
    expect(isDiverging(rangeOf([0, 2]))).toBe(false);
    expect(strength(0, rangeOf([0]))).toBe(0);
  });
});
