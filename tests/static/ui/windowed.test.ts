import { describe, expect, test } from 'vitest';
import { headStep, headsIn } from '@/matrices/HeatCells';
import { scrollTo, spanOf } from '@/ui/windowed';

describe('of a large sheet', () => {
  test('only the visible part is drawn, and a few rows and columns beyond', () => {
    expect(spanOf(784, 14, 0, 300)).toEqual({ first: 0, end: 28 });
    const { first, end } = spanOf(100_000, 32, 1_600_000, 640);
    expect(end - first).toBeLessThan(40);
    expect(first).toBe(50_000 - 6);
    expect(spanOf(128, 14, 700, 600, 3)).toEqual({ first: 47, end: 96 });
  });

  test('at any scroll position, the whole visible part is drawn', () => {
    for (const count of [0, 1, 7, 40, 5000]) {
      for (const scrolled of [0, 1, 31, 32, 640, 5000 * 32]) {
        const { first, end } = spanOf(count, 32, scrolled, 300);
        for (let place = Math.floor(scrolled / 32); place * 32 < scrolled + 300 && place < count; place += 1) {
          expect(place >= first && place < end, `${place} of ${count} at ${scrolled}`).toBe(true);
        }
      }
    }
  });

  test('nothing beyond its ends is drawn, and all of it on request', () => {
    expect(spanOf(3, 14, 0, 300)).toEqual({ first: 0, end: 3 });
    expect(spanOf(50, 14, 200, 30, Number.POSITIVE_INFINITY)).toEqual({ first: 0, end: 50 });
  });
});

test('a visible place is not scrolled to; any other just becomes visible', () => {
  expect(scrollTo(3, 32, 64, 300)).toBe(64);
  expect(scrollTo(0, 32, 64, 300)).toBe(0);
  expect(scrollTo(1, 32, 64, 300)).toBe(32);
  expect(scrollTo(20, 32, 64, 300)).toBe(21 * 32 - 300);
});

test('heads are round numbers at readable distances', () => {
  expect(headStep(14, 34)).toBe(5);
  expect(headStep(54, 34)).toBe(1);
  expect(headsIn({ first: 0, end: 12 }, 5)).toEqual([0, 4, 9]);
  expect(headsIn({ first: 6, end: 12 }, 5)).toEqual([9]);
  expect(headsIn({ first: 0, end: 3 }, 1)).toEqual([0, 1, 2]);
});
