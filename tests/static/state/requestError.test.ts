import { expect, test } from 'vitest';
import { Unreachable } from '@/api/client';
import { requestErrorOf } from '@/state/requestError';

test('an unreachable server is reported, and an error of the page is thrown', () => {
  expect(requestErrorOf(new Unreachable())).toEqual({ kind: 'unreachable', busy: false });
  const fault = new TypeError('a fault');
  expect(() => requestErrorOf(fault)).toThrow(fault);
});
