import { describe, expect, test } from 'vitest';
import { parseNumber, parseWhole } from '@/numbers/format';

describe('a typed number', () => {
  test.each([
    ['0.5', 0.5],
    ['0,5', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['-0.5', -0.5],
    ['−0.5', -0.5],
    [' 2 ', 2],
    ['1/3', 1 / 3],
    ['-1 / 4', -0.25],
    ['1,5/3', 0.5],
    ['1e-3', 0.001],
    ['+7', 7],
  ])('%s is a number', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  test.each(['', ' ', 'abc', '1/0', '1/2/3', '1,000.5', '1,2,3', '0x10', 'NaN', 'Infinity', '1e999', '--1', '1/', '-'])(
    '“%s” is not a number',
    (text) => {
      expect(parseNumber(text)).toBeNull();
    },
  );
});

describe('a typed count', () => {
  test.each([
    ['1', 1],
    [' 250 ', 250],
    ['007', 7],
    ['10,000', 10_000],
    ['1,234,567', 1_234_567],
  ])('%s is a whole number', (text, value) => {
    expect(parseWhole(text)).toBe(value);
  });

  test.each(['', ' ', '-3', '2.5', '1e3', '1,5', '1,00', ',100', '10 000', 'many', '0x10', '１'])(
    '“%s” is not a whole number',
    (text) => {
      expect(parseWhole(text)).toBeNaN();
    },
  );
});
