import { expect, test } from 'vitest';
import { Unreachable } from '@/api/client';
import { requestErrorOf } from '@/state/requestError';

test('a server that cannot be reached is told, and a fault of the page is thrown on', () => {
  expect(requestErrorOf(new Unreachable())).toEqual({ kind: 'unreachable', busy: false });
  const fault = new TypeError('a fault');
  expect(() => requestErrorOf(fault)).toThrow(fault);
});
