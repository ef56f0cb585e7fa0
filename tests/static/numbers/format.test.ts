import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DIGITS, exact, plain, shown } from '@/numbers/format';

describe('a displayed number', () => {
  test.each([
    [0.18365, '0.18365'],
    [0.3985376, '0.398538'],
    [-0.37, '−0.37'],
    [1, '1'],
    [0, '0'],
    [-0, '0'],
    [0.1 + 0.2, '0.3'],
    [123456.7, '123457'],
    [0.000123456789, '0.000123457'],
    [-0.0005, '−0.0005'],
    [999999.96, '1\u2009×\u200910⁶'],
  ])('%d has six significant digits and a true minus: %s', (value, text) => {
    expect(plain(value)).toBe(text);
  });

  test('very small and very large numbers are written with a power of ten', () => {
    expect(shown(-1.23456789e-7)).toEqual({ digits: '−1.23457', exponent: -7 });
    expect(plain(6.02214076e23)).toBe('6.02214\u2009×\u200910²³');
    expect(plain(-1.23456789e-7)).toBe('−1.23457\u2009×\u200910⁻⁷');
  });

  test.each([
    [0.0821669846, '0.0821670'],
    [0.0226025, '0.0226025'],
    [0.1 + 0.2, '0.300000'],
    [0.099999999, '0.100000'],
    [123456.02, '123456'],
    [0.15, '0.150000'],
    [-0.037, '−0.0370000'],
    [-2, '−2.00000'],
    [-1 + 2e-13, '−1.00000'],
    [0.0005, '0.000500000'],
    [0, '0'],
  ])('%d in a column has all of its six digits, exact or not: %s', (value, text) => {
    expect(shown(value, DIGITS, true)).toEqual({ digits: text, exponent: null });
  });

  test('also with a power of ten', () => {
    expect(shown(1.000000001e-7, DIGITS, true)).toEqual({ digits: '1.00000', exponent: -7 });
    expect(shown(1e-7, DIGITS, true)).toEqual({ digits: '1.00000', exponent: -7 });
    expect(shown(999999.96, DIGITS, true)).toEqual({ digits: '1.00000', exponent: 6 });
  });

  test('numbers that are not finite are words or signs', () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(plain)).toEqual([
      'not a number',
      '∞',
      '−∞',
    ]);
  });

  test('the exact number keeps every bit', () => {
    for (const value of [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0.000035185, -0]) {
      expect(Object.is(Number(exact(value)), value)).toBe(true);
    }
  });

  // The output of short() of the service, recorded by record.py.
  const pairs: Record<string, [number, string][]> = JSON.parse(
    readFileSync(new URL('../recorded/short.json', import.meta.url), 'utf8'),
  );
  test.each(Object.keys(pairs))('the page and the service write the same digits: %s', (kind) => {
    const ours = (value: number): string => {
      const { digits, exponent } = shown(value);
      return exponent === null ? digits : `${digits}×10^${String(exponent).replace('-', '−')}`;
    };
    expect(pairs[kind]?.map(([value]) => ours(value))).toEqual(pairs[kind]?.map(([, written]) => written));
  });
});
