import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hurried, moving, noteRapidInput } from '@/state/rapidInput';

const changes = (...apart: number[]): boolean[] =>
  apart.map((milliseconds) => {
    vi.advanceTimersByTime(milliseconds);
    noteRapidInput();
    return hurried.value;
  });

beforeAll(() => {
  vi.useFakeTimers();
});
afterAll(() => {
  vi.useRealTimers();
});

test('changes within 120 milliseconds are one movement', () => {
  expect(changes(1000, 119, 16, 120, 500, 30)).toEqual([false, true, true, false, false, true]);
});

test('a movement ends if nothing follows', () => {
  expect(changes(1000, 30)).toEqual([false, true]);
  vi.advanceTimersByTime(119);
  expect(moving.value).toBe(true);
  vi.advanceTimersByTime(1);
  expect(moving.value).toBe(false);
  // It starts no animation.
  expect(hurried.value).toBe(true);
});
