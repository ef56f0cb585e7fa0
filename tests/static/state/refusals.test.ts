import { expect, test } from 'vitest';
import { Unreachable } from '@/api/client';
import { troubleOf } from '@/state/refusals';

test('a server that cannot be reached is told, and a fault of the page is thrown on', () => {
  expect(troubleOf(new Unreachable())).toEqual({ kind: 'unreachable', busy: false });
  const fault = new TypeError('a fault');
  expect(() => troubleOf(fault)).toThrow(fault);
});
