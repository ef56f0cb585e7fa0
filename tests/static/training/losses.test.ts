import { describe, expect, test } from 'vitest';
import { hasLog, type Losses, listed, lossCurve, type Range, rangeOf, type Scale, usualScale } from '@/training/losses';
import { round } from '@/ui/plot';
import { random } from '../documents/states';

const SIZE = { width: 600, height: 140 };
const of = (losses: readonly number[], first = 1): Losses => ({ first, losses: Float64Array.from(losses) });
const range = (losses: readonly number[], first = 1): Range => rangeOf(of(losses, first)) as Range;

/** The points of a path, stroke by stroke. */
const strokes = (path: string): number[][][] =>
  path
    .split('M')
    .slice(1)
    .map((stroke) => stroke.split('L').map((place) => place.split(' ').map(Number)));

describe('the range of losses', () => {
  test('is that of the finite ones, and includes the training step with the smallest', () => {
    const found = range([0.5, 0, Number.NaN, 0.25, Number.POSITIVE_INFINITY], 7);
    expect(found).toEqual({ least: 0, most: 0.5, positive: 0.25, best: 8 });
    expect(rangeOf(of([Number.NaN]))).toBeNull();
    expect(rangeOf(of([]))).toBeNull();
  });

  test('has logarithms if no loss is negative and not all are 0', () => {
    expect([[1, 0], [0, 0], [1, -1], [2]].map((losses) => hasLog(range(losses)))).toEqual([true, false, false, true]);
  });

  test('is logarithmic by default if the losses differ by a large factor', () => {
    const cases = [[1, 0.011], [1, 0.01], [5, 5], [100, 0, 1], [1000, -1], [0]];
    const scales = cases.map((losses) => usualScale(range(losses)));
    expect(scales).toEqual(['linear', 'log', 'linear', 'log', 'linear', 'linear']);
  });
});

describe('the curve', () => {
  const scales: Scale[] = ['linear', 'log'];

  test('stays within its frame for any losses', () => {
    const extremes = [0, 5e-324, 1e-300, 1e-9, 0.1, 1, 3, 1e9, 1.7e308, Number.MAX_VALUE, Number.NaN, -1, -1.7e308];
    let drawn = 0;
    for (let seed = 0; seed < 300; seed++) {
      const draw = random(seed);
      const count = 1 + Math.floor(draw() * 30);
      const losses = Array.from({ length: count }, () => extremes[Math.floor(draw() * extremes.length)] as number);
      const found = rangeOf(of(losses));
      for (const scale of scales) {
        if (!found || (scale === 'log' && !hasLog(found))) continue;
        const curve = lossCurve(of(losses), found, scale, SIZE);
        for (const [x = Number.NaN, y = Number.NaN] of strokes(curve.path).flat()) {
          expect(x).toBeGreaterThanOrEqual(curve.left);
          expect(x).toBeLessThanOrEqual(curve.right);
          expect(y).toBeGreaterThanOrEqual(curve.top - 0.1);
          expect(y).toBeLessThanOrEqual(curve.bottom + 0.1);
          drawn++;
        }
        for (const { at } of curve.yTicks) {
          expect(at).toBeGreaterThanOrEqual(curve.top - 0.1);
          expect(at).toBeLessThanOrEqual(curve.bottom + 0.1);
        }
        expect(curve.yTicks.length).toBeGreaterThan(0);
      }
    }
    expect(drawn).toBeGreaterThan(1000);
  });

  test('has each training step at its position, and finds it by the position', () => {
    const losses = Array.from({ length: 101 }, (_, place) => 1 / (1 + place));
    const curve = lossCurve(of(losses, 20), range(losses, 20), 'linear', SIZE);
    for (let step = 20; step <= 120; step++) expect(curve.stepAt(curve.x(step))).toBe(step);
    expect([curve.stepAt(-50), curve.stepAt(9999)]).toEqual([20, 120]);
    expect([curve.y(0), curve.y(1), curve.y(Number.NaN)]).toEqual([curve.bottom, curve.top, null]);
    expect(strokes(curve.path)).toHaveLength(1);
    expect(strokes(curve.path)[0]).toHaveLength(101);
  });

  test('of a single loss is one point', () => {
    const curve = lossCurve(of([0.5], 3), range([0.5], 3), 'log', SIZE);
    expect(curve.x(3)).toBe(curve.left);
    expect(curve.stepAt(400)).toBe(3);
    expect(curve.xTicks.map(({ value }) => value)).toContain(3);
    expect(curve.y(0.5)).toBeCloseTo((curve.top + curve.bottom) / 2, 6);
  });

  test('of more training steps than pixels has the extremes of each pixel, so that no peak is lost', () => {
    const losses = Array.from({ length: 50_000 }, (_, place) => 1 + Math.sin(place / 900) / 2);
    losses[31_234] = 9;
    losses[40_001] = 0.01;
    const curve = lossCurve(of(losses), range(losses), 'linear', SIZE);
    const places = strokes(curve.path).flat();
    expect(places.length).toBeLessThan(2.1 * SIZE.width);
    const heights = places.map(([, y]) => y);
    expect(Math.min(...(heights as number[]))).toBeCloseTo(curve.top, 1);
    expect(Math.max(...(heights as number[]))).toBeCloseTo(curve.y(0.01) as number, 1);
    const xs = places.map(([x]) => x as number);
    expect(xs).toEqual([...xs].sort((one, other) => one - other));
  });

  test('breaks where a loss is not finite', () => {
    const losses = [3, 2, Number.NaN, 2, 1];
    const curve = lossCurve(of(losses), range(losses), 'linear', SIZE);
    expect(strokes(curve.path).map((stroke) => stroke.length)).toEqual([2, 2]);
  });

  test('is on the axis where a loss is exactly 0, which has no logarithm', () => {
    const losses = [1, 0.001, 0];
    const curve = lossCurve(of(losses), range(losses), 'log', SIZE);
    expect(curve.y(0)).toBe(curve.bottom);
    expect(curve.y(0.001)).toBe(curve.bottom);
    expect(curve.yTicks.map(({ value }) => value)).toEqual([0.001, 0.01, 0.1, 1]);
  });
});

describe('the numbers of an axis', () => {
  test.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [1, 10_001, 4, [5000, 10_000]],
    [0.13, 0.31, 2, [0.2, 0.3]],
    [-3, 3, 3, [-2, 0, 2]],
  ])('from %d to %d are round', (from, to, parts, expected) => {
    expect(round(from, to, parts)).toEqual(expected);
  });

  test('are whole training steps', () => {
    const losses = [1, 0.9, 0.8];
    const { xTicks } = lossCurve(of(losses), range(losses), 'linear', SIZE);
    expect(xTicks.map(({ value }) => value)).toEqual([1, 2, 3]);
  });
});

describe('the table', () => {
  test('lists all training steps if they are few, otherwise some at equal distances and the requested ones', () => {
    expect(listed(of([3, 2, 1], 5), 50, [6])).toEqual([5, 6, 7]);
    expect(listed(of(Array(1001).fill(1)), 5, [777, 2, 5000])).toEqual([1, 2, 251, 501, 751, 777, 1001]);
    expect(listed(of([1]), 50, [])).toEqual([1]);
    expect(listed(of([]), 50, [1])).toEqual([]);
  });
});
