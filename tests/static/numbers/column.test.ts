import { describe, expect, test } from 'vitest';
import { areFixed, inColumn, leadOf, shown } from '@/numbers/format';

test('the width before the point is that of the formatted number', () => {
  for (const value of [0, 0.5, -0.5, 9.9999999, -9.9999999, 12.5, 123456, -1234567, 1e-9, -2.5e-12, 99999.96]) {
    const [before] = shown(value).digits.split('.');
    expect(leadOf(value), String(value)).toBe(before?.length);
  }
});

test('NaN is at the edge', () => {
  expect([leadOf(null), leadOf(Number.NaN), leadOf(Number.POSITIVE_INFINITY)]).toEqual([0, 0, 0]);
});

describe('numbers of a column', () => {
  test('have all their digits if one of them is not a whole number', () => {
    expect(inColumn([1, 0.15, -0.0226025, null])).toEqual({ lead: 2, fixed: true });
    expect([1, 0.15].map((value) => shown(value, 6, true).digits)).toEqual(['1.00000', '0.150000']);
  });

  test('have no decimals if all are whole, as labels, counts and pixels', () => {
    expect(inColumn([0, 1, 12, null, Number.NaN, Number.POSITIVE_INFINITY])).toEqual({ lead: 2, fixed: false });
    expect(areFixed([])).toBe(false);
  });
});
