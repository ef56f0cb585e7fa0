import { expect, test, vi } from 'vitest';
import { hurry } from '@/state/hurry';
import { hurried } from '@/state/store';

const changes = (...apart: number[]): boolean[] =>
  apart.map((milliseconds) => {
    vi.advanceTimersByTime(milliseconds);
    hurry();
    return hurried.value;
  });

test('changes that follow each other within 120 milliseconds are one movement', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  expect(changes(1000, 119, 16, 120, 500, 30)).toEqual([false, true, true, false, false, true]);
  vi.useRealTimers();
});
