import { expect, test } from 'vitest';
import { apart } from '@/inspector/digits';

test('two losses are shown with the digits in which they differ', () => {
  expect(apart(0.1832805, 0.1840205)).toBe(6);
  expect(apart(0.18364963, 0.18365037)).toBe(9);
  expect(apart(1, 1 + 1e-15)).toBe(16);
});

test('losses that are the same, or no numbers, have six', () => {
  expect(apart(0.5, 0.5)).toBe(6);
  expect(apart(Number.NaN, 1)).toBe(6);
  expect(apart(Number.POSITIVE_INFINITY, 1)).toBe(6);
});
