import { describe, expect, test } from 'vitest';
import { stateOf, windowAround } from '@/inspector/GrowingSum';

describe('a growing sum', () => {
  test('of few terms is written in full', () => {
    expect(windowAround(1, 3)).toEqual({ before: 0, first: 0, end: 3, after: 0 });
  });

  test('of many terms shows the current term and the next, and counts the rest', () => {
    expect(windowAround(400, 785)).toEqual({ before: 396, first: 396, end: 404, after: 381 });
    expect(windowAround(0, 785)).toEqual({ before: 0, first: 0, end: 4, after: 781 });
    expect(windowAround(784, 785)).toEqual({ before: 780, first: 780, end: 785, after: 0 });
  });

  test('finds the finished terms from the current term and the next', () => {
    expect([0, 1, 2].map((place) => stateOf(place, 1))).toEqual(['done', 'current', 'coming']);
  });
});
