import { expect, test } from 'vitest';
import { symbolOf } from '@/model/symbols';
import { recorded, SLUGS } from '../recorded';

test.each(SLUGS)('the page names every number of %s as the service does', (slug) => {
  const { trace, explanations } = recorded(slug);
  for (const { ref, symbol } of explanations) expect(symbolOf(trace, ref), ref).toBe(symbol);
});

test('a parameter after the update is marked, and indices of two digits are set apart', () => {
  const trace = { ...recorded('two-layers').trace, symbols: { 'fc_1.w': 'w_{0:}^(1)', 'fc_1.w.count': 't(w)^(1)' } };
  expect(symbolOf(trace, 'fc_1.w.next[0,10]')).toBe('w_1,11^(1,new)');
  expect(symbolOf(trace, 'fc_1.w.grad[0,1]')).toBe('∂ℓ/∂w_12^(1)');
  expect(symbolOf(trace, 'fc_1.w.count.next[0]')).toBe('t(w)^(1,new)');
});

test('a bias node is named after the column that it stands in', () => {
  const { trace } = recorded('two-layers');
  expect(symbolOf(trace, 'fc_1.one[0]')).toBe('x_0');
  expect(symbolOf(trace, 'fc_2.one[0]')).toBe('h_0^(1)');
});
