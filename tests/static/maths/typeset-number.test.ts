import { expect, test } from 'vitest';
import { markup } from '@/maths/markup';
import { powerOfTen, typesetLoss, typesetNumber } from '@/maths/typeset-leaf';

test('a loss keeps the zeros that distinguish it from another one', () => {
  expect(markup(typesetLoss(0.18365, 1e-5))).toContain('<mn>0.1836500000</mn>');
  expect(markup(typesetLoss(0.00051234567, 1e-5))).toContain('0.0005123457');
});

test('a number of many digits has six, with its sign first and its power of ten last', () => {
  expect(markup(typesetNumber(-1.5e-9)).replace(/<[^>]+>/g, '')).toBe('−1.5×10−9');
  expect(markup(typesetNumber(0.1234567))).toContain('<mn>0.123457</mn>');
});

test('a power of ten has its sign in the exponent', () => {
  expect(markup(powerOfTen(-5))).toMatch(/^<msup><mn>10<\/mn><mrow><mo .*>−<\/mo><mn>5<\/mn><\/mrow><\/msup>$/);
});
