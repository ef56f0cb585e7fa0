import { describe, expect, test } from 'vitest';
import { lossDigits, lossPrecision } from '@/numbers/format';

describe('the losses to the left and right', () => {
  test('are those of the chapter, digit by digit, at its step', () => {
    expect([lossDigits(0.1840205 + 4e-17, 0.01), lossDigits(0.1832805 - 4e-17, 0.01)]).toEqual([
      '0.1840205',
      '0.1832805',
    ]);
  });

  test('are distinguishable at every step, as long as float64 distinguishes them', () => {
    for (let power = 1; power <= 12; power += 1) {
      const epsilon = 10 ** -power;
      const [left, right] = [0.18365 - epsilon / 2, 0.18365 + epsilon / 2];
      expect(lossDigits(left, epsilon)).not.toBe(lossDigits(right, epsilon));
    }
  });

  test('have the same number of decimals in a column', () => {
    const lengths = [0.5, 0.25, 0.123456789].map((loss) => lossDigits(loss, 1e-5)?.length);
    expect(new Set(lengths)).toEqual(new Set([12]));
  });

  test('have no digits beyond those of float64', () => {
    const digits = lossDigits(123.456, 1e-12) ?? '';
    expect(digits.replace('.', '')).toHaveLength(16);
    expect(Number(digits)).toBeCloseTo(123.456, 12);
  });

  test.each([0, 1e-9, 1e7, Number.NaN, Number.POSITIVE_INFINITY])(
    'use powers of ten for %s, which has no plain decimals',
    (loss) => {
      expect(lossDigits(loss, 1e-5)).toBeNull();
    },
  );

  test('have a true minus', () => {
    expect(lossDigits(-0.5, 0.01)).toBe('−0.5000000');
  });

  test('have digits down to the same decimal with a power of ten, at least six', () => {
    expect(lossPrecision(5e-4, 1e-5)).toBe(7);
    expect(lossPrecision(5e-4, 1e-2)).toBe(6);
    expect(lossPrecision(2e6, 1e-5)).toBe(16);
    expect([0, Number.NaN, Number.POSITIVE_INFINITY].map((loss) => lossPrecision(loss, 1e-5))).toEqual([6, 6, 6]);
  });
});
