import { expect, test } from 'vitest';
import { leadsOf } from '@/check/sort';
import { row } from './rows';

test('a column has room for its longest number', () => {
  const leads = leadsOf([row('fc_1.b[0]', { analytic: -12.5, left: 3 }), row('fc_1.b[1]', { analytic: 0.5, left: 4 })]);
  expect(leads).toMatchObject({ analytic: 3, left: 1, complex_step: 0 });
});
