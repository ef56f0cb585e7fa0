import { expect, test } from 'vitest';
import { NAMED, shadeOf } from '@/check/ErrorMap';

test('a shade increases with the exponent of the error, from 0 to 1', () => {
  const shades = NAMED.map((power) => shadeOf(10 ** power));
  expect(shades).toEqual([0, 0.25, 0.5, 0.75, 1]);
});

test('no error has the lightest shade, and NaN the darkest', () => {
  expect(shadeOf(0)).toBe(0);
  expect(shadeOf(1e-30)).toBe(0);
  expect(shadeOf(2)).toBe(1);
  expect(shadeOf(Number.POSITIVE_INFINITY)).toBe(1);
  expect(shadeOf(Number.NaN)).toBe(1);
});
