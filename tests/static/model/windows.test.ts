import { describe, expect, test } from 'vitest';
import { mostIn, ROW, shownOf, turned, WHOLE } from '@/model/columns';

const unitsOf = (count: number, start: number, needed: number | null = null) => shownOf(count, start, needed).units;

describe('the units of a column', () => {
  test('are all drawn up to the limit, and partly in a wider column', () => {
    expect(shownOf(WHOLE, 0, null)).toEqual({ units: Array.from({ length: WHOLE }, (_, unit) => unit), gaps: [] });
    expect(shownOf(WHOLE + 1, 0, null).units).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 23, 24]);
  });

  test('are all either drawn or left out, at any position', () => {
    for (const count of [25, 26, 37, 128, 784]) {
      for (const start of [0, 1, 9, 10, 15, count - 3, count + 7]) {
        for (const needed of [null, 0, 11, count - 1, Math.floor(count / 2)]) {
          const { units, gaps } = shownOf(count, start, needed);
          const hidden = gaps.flatMap((gap) => Array.from({ length: gap.hidden }, (_, place) => gap.from + place));
          expect([...units, ...hidden].toSorted((one, other) => one - other)).toEqual([...Array(count).keys()]);
          expect(units).toHaveLength(ROW + 2);
          if (needed !== null) expect(units).toContain(needed);
        }
      }
    }
  });

  test('keep their position while the requested unit is among them', () => {
    expect(unitsOf(100, 15, 20)).toEqual(unitsOf(100, 15));
    expect(unitsOf(100, 15, 40)).toEqual(unitsOf(100, 40));
  });
});

test('pressing the gaps moves through the whole column and back', () => {
  let start = 0;
  const seen = new Set<number>();
  for (let turn = 0; turn < 20; turn++) {
    const { units, gaps } = shownOf(128, start, null);
    for (const unit of units) seen.add(unit);
    const after = gaps.find(({ from }) => from > 0);
    if (!after) break;
    start = turned(after);
  }
  expect(seen.size).toBe(128);
  for (let turn = 0; turn < 20 && start > 0; turn++) {
    const before = shownOf(128, start, null).gaps.find(({ from }) => from === 0);
    start = before ? turned(before) : 0;
  }
  expect(start).toBe(0);
});

test('in a low room fewer units are drawn, so that they can be distinguished', () => {
  expect(mostIn(720)).toEqual({ whole: 24, row: 10 });
  expect(mostIn(375)).toEqual({ whole: 24, row: 10 });
  expect(mostIn(220)).toEqual({ whole: 13, row: 9 });
  for (let height = 60; height <= 900; height += 7) {
    const most = mostIn(height);
    for (const count of [2, 9, 15, 24, 25, 128]) {
      const { units, gaps } = shownOf(count, 0, count - 1, most);
      // A bias at the top.
      const rows = 1 + units.length + gaps.length;
      expect(units.length).toBeGreaterThanOrEqual(Math.min(count, 5));
      if (height >= 150) expect(height / rows).toBeGreaterThanOrEqual(15);
      expect(units).toContain(count - 1);
    }
  }
});
