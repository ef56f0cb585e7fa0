import { describe, expect, test } from 'vitest';
import { headStep, headsIn, scrollTo, windowOf } from '@/matrices/windowing';

const CELL = { width: 14, height: 14 };
const ROOM = { width: 600, height: 300 };
const LARGE = { rows: 784, columns: 128 };

describe('of a large matrix', () => {
  test('only what is in view is drawn, and a few cells beyond', () => {
    const { rows, columns } = windowOf(LARGE, CELL, { left: 0, top: 0 }, ROOM);
    expect(rows).toEqual({ first: 0, end: 28 });
    expect(columns).toEqual({ first: 0, end: 49 });
    const far = windowOf(LARGE, CELL, { left: 700, top: 7000 }, ROOM);
    expect(far.rows.first).toBe(494);
    expect(far.rows.end - far.rows.first).toBeLessThan(40);
    expect(far.columns).toEqual({ first: 44, end: 99 });
  });

  test('wherever it is scrolled to, every cell in view is drawn', () => {
    for (let top = 0; top <= LARGE.rows * 14 - ROOM.height; top += 97) {
      const { rows } = windowOf(LARGE, CELL, { left: 0, top }, ROOM);
      expect(rows.first * 14).toBeLessThanOrEqual(top);
      expect(rows.end * 14).toBeGreaterThanOrEqual(Math.min(top + ROOM.height, LARGE.rows * 14));
    }
  });

  test('nothing beyond its ends is drawn', () => {
    const { rows, columns } = windowOf({ rows: 3, columns: 2 }, CELL, { left: 0, top: 0 }, ROOM);
    expect([rows, columns]).toEqual([
      { first: 0, end: 3 },
      { first: 0, end: 2 },
    ]);
  });
});

test('a cell is brought into view without moving farther than it takes', () => {
  expect(scrollTo(3, 14, 0, 300)).toBe(0);
  expect(scrollTo(30, 14, 0, 300)).toBe(31 * 14 - 300);
  expect(scrollTo(2, 14, 100, 300)).toBe(28);
});

test('heads are round numbers, far enough apart to be read', () => {
  expect(headStep(14, 34)).toBe(5);
  expect(headStep(54, 34)).toBe(1);
  expect(headsIn({ first: 0, end: 12 }, 5)).toEqual([0, 4, 9]);
  expect(headsIn({ first: 6, end: 12 }, 5)).toEqual([9]);
  expect(headsIn({ first: 0, end: 3 }, 1)).toEqual([0, 1, 2]);
});
