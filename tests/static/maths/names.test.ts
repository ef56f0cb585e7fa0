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

test('layers between z and h are told apart by primes', () => {
  const { trace } = recorded('two-layers');
  const [linear, activation] = trace.layers as [(typeof trace.layers)[number], (typeof trace.layers)[number]];
  const named = ['one', 'two', 'three'].map((name) => ({ ...activation, name }));
  const row = [linear, ...named, { ...linear, name: 'last' }];
  const layers = row.map((layer, place) => ({ ...layer, inputs: [place ? `${row[place - 1]?.name}.output` : 'x'] }));
  const long = { ...trace, layers };
  expect(named.map(({ name }) => symbolOf(long, `${name}.output[0,0]`))).toEqual(['a_1^(1)', 'a′_1^(1)', 'h_1^(1)']);
});

test('a bias node is named after the column that it stands in', () => {
  const { trace } = recorded('two-layers');
  expect(symbolOf(trace, 'fc_1.one[0]')).toBe('x_0');
  expect(symbolOf(trace, 'fc_2.one[0]')).toBe('h_0^(1)');
});
