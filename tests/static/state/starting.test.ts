import { expect, test } from 'vitest';
import { pauseBefore } from '@/state/starting';

test('an unreachable server is asked less and less often, but at least every half minute', () => {
  expect([0, 1, 2, 3, 4, 5, 60].map(pauseBefore)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});
