import { expect, test } from 'vitest';
import { leadsOf } from '@/check/decimals';
import { shown } from '@/numbers/format';
import { leadOf } from '@/numbers/lead';
import { row } from './rows';

test('what stands before the point is what is written there', () => {
  for (const value of [0, 0.5, -0.5, 9.9999999, -9.9999999, 12.5, 123456, -1234567, 1e-9, -2.5e-12, 99999.96]) {
    const [before] = shown(value).digits.split('.');
    expect(leadOf(value), String(value)).toBe(before?.length);
  }
});

test('what is no number stands at the edge', () => {
  expect([leadOf(null), leadOf(Number.NaN), leadOf(Number.POSITIVE_INFINITY)]).toEqual([0, 0, 0]);
});

test('a column leaves room for its longest', () => {
  const leads = leadsOf([row('fc_1.b[0]', { analytic: -12.5, left: 3 }), row('fc_1.b[1]', { analytic: 0.5, left: 4 })]);
  expect(leads).toMatchObject({ analytic: 3, left: 1, complex_step: 0 });
});
