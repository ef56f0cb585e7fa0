import { expect, test } from 'vitest';
import { symbolOf } from '@/maths/names';
import { recorded, SLUGS } from '../recorded';

test.each(SLUGS)('the page names every number of %s as the service does', (slug) => {
  const { trace, explanations } = recorded(slug);
  for (const { ref, symbol } of explanations) {
    if (ref.includes('.one')) continue;
    expect(symbolOf(trace, ref), ref).toBe(symbol);
  }
});

test('a bias node is named after the column that it stands in', () => {
  const { trace } = recorded('two-layers');
  expect(symbolOf(trace, 'fc_1.one[0]')).toBe('x_0');
  expect(symbolOf(trace, 'fc_2.one[0]')).toBe('h_0^(1)');
});
