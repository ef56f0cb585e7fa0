import { expect, test } from 'vitest';
import { markup } from '@/maths/markup';
import { powerOfTen, typesetLoss } from '@/maths/typeset-number';

test('a loss keeps the zeros that tell it from another one', () => {
  expect(markup(typesetLoss(0.18365, 1e-5))).toContain('<mn>0.1836500000</mn>');
  expect(markup(typesetLoss(0.00051234567, 1e-5))).toContain('0.0005123457');
});

test('a power of ten has its sign in the exponent', () => {
  expect(markup(powerOfTen(-5))).toMatch(/^<msup><mn>10<\/mn><mrow><mo .*>−<\/mo><mn>5<\/mn><\/mrow><\/msup>$/);
});
