import { describe, expect, test } from 'vitest';
import { parseEpsilon, writeEpsilon } from '@/check/EpsilonField';

describe('a step as it is typed', () => {
  test.each([
    ['1e-5', 1e-5],
    ['0.01', 0.01],
    ['0,01', 0.01],
    ['1/100', 0.01],
    ['10^-5', 1e-5],
    ['10^−5', 1e-5],
    ['10**-5', 1e-5],
    ['10^(-5)', 1e-5],
    ['10⁻⁵', 1e-5],
    ['10⁻¹²', 1e-12],
    ['2·10^-5', 2e-5],
    ['2,5 × 10⁻³', 2.5e-3],
    [' 10^0 ', 1],
    ['1', 1],
    ['1e-12', 1e-12],
  ])('%s is a step', (text, value) => {
    expect(parseEpsilon(text)).toEqual({ value });
  });

  test.each([
    ['', 'number'],
    ['small', 'number'],
    ['10^', 'number'],
    ['1·2·10^-3', 'number'],
    ['10^-5^2', 'number'],
    ['NaN', 'number'],
    ['0', 'positive'],
    ['-0,01', 'positive'],
    ['9e-13', 'small'],
    ['10^-13', 'small'],
    ['1.1', 'large'],
    ['10^3', 'large'],
  ])('“%s” is refused with a reason', (text, wrong) => {
    expect(parseEpsilon(text)).toEqual({ wrong });
  });

  test('is parsed to the same value after formatting', () => {
    for (const value of [1, 0.1, 0.025, 1e-3, 1e-5, 2.5e-7, 1e-12]) {
      expect(parseEpsilon(writeEpsilon(value))).toEqual({ value });
    }
    expect(writeEpsilon(0.01)).toBe('0.01');
    expect(writeEpsilon(1e-5)).toBe('1e-5');
  });
});
