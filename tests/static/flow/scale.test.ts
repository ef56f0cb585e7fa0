import { describe, expect, test } from 'vitest';
import { axisOf, placeOf } from '@/flow/Bars';

describe('the strip’s logarithmic axis', () => {
  test('contains all sizes between two powers of ten, the smallest above its foot', () => {
    const axis = axisOf([3e-6, 0.2, 1.7]);
    expect([axis.from, axis.to]).toEqual([-6, 1]);
    for (const size of [3e-6, 0.2, 1.7]) {
      expect(placeOf(axis, size)).toBeGreaterThan(0.05);
      expect(placeOf(axis, size)).toBeLessThanOrEqual(1);
    }
    expect(axisOf([1e-6, 1]).from).toBe(-7);
  });

  test('shows equal ratios at equal distances', () => {
    const axis = axisOf([1e-8, 1]);
    const place = (size: number) => placeOf(axis, size) as number;
    expect(place(1e-2) - place(1e-4)).toBeCloseTo(place(1e-5) - place(1e-7), 12);
    expect(place(1)).toBe(1);
  });

  test('spans at least three powers of ten, so that similar sizes look similar', () => {
    const axis = axisOf([0.5, 0.4]);
    expect(axis.to - axis.from).toBe(3);
    expect((placeOf(axis, 0.5) as number) - (placeOf(axis, 0.4) as number)).toBeLessThan(0.05);
  });

  test('labels a few powers of ten at equal distances, including the largest', () => {
    for (const least of [0.3, 1e-4, 1e-9, 1e-40, 1e-300]) {
      const { from, to, ticks } = axisOf([least, 1]);
      expect(ticks.at(-1)).toBe(to);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(5);
      const steps = ticks.slice(1).map((tick, place) => tick - (ticks[place] as number));
      expect(new Set(steps).size).toBe(1);
      expect(ticks.every((tick) => Number.isInteger(tick) && tick >= from && tick <= to)).toBe(true);
    }
  });

  test('has a position for 0 and infinity, and none for NaN', () => {
    const axis = axisOf([0, Number.NaN, Number.POSITIVE_INFINITY, 0.1]);
    expect([axis.from, axis.to]).toEqual([-4, -1]);
    expect(placeOf(axis, 0)).toBe(0);
    expect(placeOf(axis, Number.POSITIVE_INFINITY)).toBe(1);
    expect(placeOf(axis, Number.NaN)).toBeNull();
    expect(axisOf([0, Number.NaN])).toEqual({ from: -3, to: 0, ticks: [-3, -2, -1, 0] });
  });
});
