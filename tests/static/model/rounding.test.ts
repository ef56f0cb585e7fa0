import { expect, test } from 'vitest';
import type { Explanation, Expression, Leaf, Trace } from '@/api/types';
import { markup } from '@/maths/markup';
import { typeset } from '@/maths/typeset';
import { withZeros, zerosOf } from '@/model/lookup';

const leaf = (ref: string, value: number): Leaf => ({ ref, symbol: 'x_1', value });
const [zero, other] = [leaf('fc_1.output[0,0]', -2.8e-17), leaf('x[0,0]', 3e-17)];
const product: Expression = { op: 'product', args: [other, zero], value: -8e-34 };
const expression: Expression = { op: 'choice', cases: [{ when: 'z > 0', value: product }], taken: 0, value: -8e-34 };
const explanation = { ref: 'fc_1.output[0,0]', symbol: 'z_1', value: -2.8e-17, expression } as Explanation;
const trace = { rounding: ['fc_1.output[0,0]'] } as Trace;

test('in a formula a zero by rounding is 0, with the exact number beside it', () => {
  const marked = withZeros(explanation, zerosOf(trace));
  expect(marked.rounded).toBe(true);
  const written = markup(typeset(marked.expression, 'numbers'));
  expect(written).toContain('<mn>0</mn>');
  expect(written).toContain('(rounding)');
  expect(written).toContain('data-value="-2.8e-17"');
  // No parentheses for a minus sign that is not displayed; numbers that are small without cancellation stay.
  expect(written).not.toContain('(</mo>');
  expect(written.replace(/<[^>]+>/g, '')).toMatch(/^3×10−17·0/);
});

test('without such zeros nothing is copied', () => {
  expect(withZeros(explanation, zerosOf({ rounding: [] as string[] } as Trace))).toBe(explanation);
  expect(zerosOf(trace)).toBe(zerosOf(trace));
});
