import { expect, test } from 'vitest';
import type { Expression } from '@/api/types';
import { pieces } from '@/maths/breaking';
import { markup } from '@/maths/markup';
import { labelled } from '@/ui/Formula';

const product: Expression = {
  op: 'product',
  args: [
    { ref: 'fc_1.output.grad[0,1]', symbol: '∇_2^(1)', value: -0.37, role: 'upstream', derivative: '∂ℓ/∂ŷ_2' },
    { ref: 'x[0,0]', symbol: 'x_1', value: 0.1, role: 'local', derivative: '∂ŷ_2/∂w_12^(1)' },
  ],
  value: -0.037,
};

test('each factor of the chain rule is marked in every line, and named in the first', () => {
  for (const face of ['derivatives', 'symbols', 'numbers'] as const) {
    const text = pieces(product, face).map(markup).join('');
    expect(text.match(/data-role="[a-z]+"/g)).toEqual(['data-role="upstream"', 'data-role="local"']);
  }
  const named = pieces(product, 'derivatives').map(labelled).map(markup).join('');
  expect([...named.matchAll(/<mtext[^>]*>([a-z]+)</g)].map(([, word]) => word)).toEqual(['upstream', 'local']);
});

test('the line of derivatives has them instead of their formulas', () => {
  const read = pieces(product, 'derivatives')
    .map(markup)
    .join('')
    .replace(/<[^>]+>/g, '');
  expect(read).toBe('∂ℓ∂yˆ2·∂yˆ2∂w12(1)');
});
