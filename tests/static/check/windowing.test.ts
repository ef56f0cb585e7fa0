import { expect, test } from 'vitest';
import { scrollTo, sliceOf } from '@/check/windowing';

test('everything in view is drawn, and what is left out keeps its height', () => {
  for (const count of [0, 1, 7, 40, 5000]) {
    for (const scrolled of [0, 1, 31, 32, 640, 5000 * 32]) {
      const { first, end, above, below } = sliceOf(count, 32, scrolled, 300);
      expect(above + (end - first) * 32 + below).toBe(count * 32);
      for (let place = Math.floor(scrolled / 32); place * 32 < scrolled + 300 && place < count; place += 1) {
        expect(place >= first && place < end, `${place} of ${count} at ${scrolled}`).toBe(true);
      }
    }
  }
});

test('of thousands of rows only some dozen are drawn', () => {
  const { first, end } = sliceOf(100_000, 32, 1_600_000, 640);
  expect(end - first).toBeLessThan(40);
  expect(first).toBeGreaterThan(49_000);
});

test('a row in view is not scrolled to; one that is not comes just into view', () => {
  expect(scrollTo(3, 32, 64, 300)).toBe(64);
  expect(scrollTo(0, 32, 64, 300)).toBe(0);
  expect(scrollTo(1, 32, 64, 300)).toBe(32);
  expect(scrollTo(20, 32, 64, 300)).toBe(21 * 32 - 300);
});
