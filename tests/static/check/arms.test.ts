import { describe, expect, test } from 'vitest';
import type { CurvePoint } from '@/api/questions';
import { armsOf } from '@/check/curve-layout';
import { OF_NOTHING, OF_PARABOLA, OF_TANH } from './differences';

const logOf = (points: CurvePoint[], epsilon: number) =>
  Math.log10(points.find((point) => point.epsilon === epsilon)?.relative_error ?? Number.NaN);

describe('the arms of the V', () => {
  test('of a curved loss are both found, truncation right of rounding', () => {
    const { truncation, rounding } = armsOf(OF_TANH);
    expect(truncation?.slope).toBe(2);
    expect(rounding?.slope).toBe(-1);
    expect(truncation?.from).toBeGreaterThanOrEqual(rounding?.to ?? 0);
  });

  test('run through the points that they are fitted to', () => {
    const { truncation } = armsOf(OF_TANH);
    for (const epsilon of [1e-2, 1e-3]) {
      const line = 2 * Math.log10(epsilon) + (truncation?.intercept ?? 0);
      expect(line).toBeCloseTo(logOf(OF_TANH, epsilon), 1);
    }
  });

  test('of a parabola are rounding alone: its difference quotient is exact at any step', () => {
    const { truncation, rounding } = armsOf(OF_PARABOLA);
    expect(truncation).toBeNull();
    expect(rounding?.to).toBe(-1);
  });

  test('are omitted if the points show none', () => {
    expect(armsOf([])).toEqual({ truncation: null, rounding: null });
    expect(armsOf(OF_TANH.slice(0, 2))).toEqual({ truncation: null, rounding: null });
    const level = OF_TANH.map((point) => ({ ...point, relative_error: 0.5 }));
    expect(armsOf(level)).toEqual({ truncation: null, rounding: null });
    const first = OF_TANH.map((point) => ({ ...point, relative_error: point.epsilon }));
    expect(armsOf(first)).toEqual({ truncation: null, rounding: null });
  });

  test('do not depend on the order of the points, and skip points without a logarithm', () => {
    expect(armsOf([...OF_TANH].reverse())).toEqual(armsOf(OF_TANH));
    const broken = [{ ...(OF_TANH[0] as CurvePoint), epsilon: 0.5, relative_error: Number.NaN }, ...OF_TANH];
    expect(armsOf(broken)).toEqual(armsOf(OF_TANH));
    expect(armsOf(OF_NOTHING)).toEqual({ truncation: null, rounding: null });
  });
});
