import { describe, expect, test } from 'vitest';
import type { Frame } from '@/api/trainings';
import { extentOf, hasLog, layCurves } from '@/train/curves';
import { EMPTY, MOST_POINTS, NOTHING, nearestStep, recorded, valueAt } from '@/train/record';

const frame = (steps: number[], values: (number | null)[], rest: Partial<Frame> = {}): Frame => ({
  step: (steps.at(-1) ?? 0) + 1,
  losses: { steps, values },
  ...rest,
});

describe('the record of a training', () => {
  test('has the losses of all frames by the training steps of the page, and each number once', () => {
    let record = recorded(EMPTY, frame([0, 1], [3, 2], { training_loss: 1.5 }), 7);
    record = recorded(record, frame([1, 2], [2, null], { training_loss: 1.25, held_out_loss: null }), 7);
    expect(record.losses.steps).toEqual([7, 8, 9]);
    expect(record.losses.values).toEqual([3, 2, Number.NaN]);
    expect(record.measured.training_loss).toEqual({ steps: [9, 10], values: [1.5, 1.25] });
    expect(record.measured.held_out_loss).toBeUndefined();
  });

  test('has what is measured once, at the step where it was measured', () => {
    // Where measuring takes long, several frames have the numbers of one earlier step.
    let record = recorded(EMPTY, frame([0, 1], [3, 2], { measured: 2, accuracy: 0.5 }), 7);
    record = recorded(record, frame([2, 3], [2, 2], { measured: 2, accuracy: 0.5 }), 7);
    record = recorded(record, frame([4, 5], [2, 2], { measured: 5, accuracy: 0.75 }), 7);
    expect(record.measured.accuracy).toEqual({ steps: [9, 12], values: [0.5, 0.75] });
  });

  test('has the objectives apart from the losses, and none without a penalty', () => {
    const penalized: Frame = { step: 2, losses: { steps: [0, 1], values: [3, 2], objectives: [3.5, null] } };
    expect(recorded(EMPTY, penalized, 7).objectives).toEqual({ steps: [7, 8], values: [3.5, Number.NaN] });
    expect(recorded(EMPTY, frame([0, 1], [3, 2]), 7).objectives).toEqual(NOTHING);
  });

  test('keeps a bounded number of points, among them every peak, every gap and the newest', () => {
    let record = EMPTY;
    const peaks = [1234, 40_000, 77_777];
    for (let from = 0; from < 100_000; from += 500) {
      const steps = Array.from({ length: 500 }, (_, place) => from + place);
      const value = (step: number) => (peaks.includes(step) ? 100 + step : step === 5000 ? null : Math.sin(step));
      record = recorded(record, frame(steps, steps.map(value)), 0);
    }
    const { steps, values } = record.losses;
    expect(steps.length).toBeLessThanOrEqual(MOST_POINTS);
    expect(steps).toEqual([...steps].sort((one, other) => one - other));
    for (const peak of peaks) expect(valueAt(record.losses, peak)).toBe(100 + peak);
    expect(values.some(Number.isNaN)).toBe(true);
    expect(steps.at(-1)).toBe(99_999);
    // No number is made up: each is that of its step.
    steps.forEach((step, place) => {
      if (!peaks.includes(step) && step !== 5000) expect(values[place]).toBe(Math.sin(step));
    });
  });

  test.each([
    [[2, 5, 9], 1, 2],
    [[2, 5, 9], 6, 5],
    [[2, 5, 9], 8, 9],
    [[2, 5, 9], 100, 9],
    [[4], 0, 4],
  ])('of the steps %j the nearest to %d is %d', (steps, step, expected) => {
    expect(nearestStep({ steps, values: steps }, step)).toBe(expected);
  });

  test('without numbers there is no nearest step', () => expect(nearestStep(NOTHING, 3)).toBeNull());
});

describe('curves', () => {
  const room = { width: 400, height: 200 };
  const line = (steps: number[], values: number[]) => ({
    kind: 'steps' as const,
    name: 'loss',
    column: 'loss',
    series: { steps, values },
  });

  test('have a gap where a number is not finite, and stay within their frame', () => {
    const curves = [line([1, 2, 3, 4, 5], [4, 3, Number.NaN, 2, 1])];
    const extent = extentOf(curves);
    if (!extent) throw new Error('no numbers');
    const layout = layCurves(curves, extent, 'linear', room);
    const path = layout.paths[0]?.d ?? '';
    expect(path.match(/M/g)).toHaveLength(2);
    for (const [, x = '', y = ''] of path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(layout.left);
      expect(Number(x)).toBeLessThanOrEqual(layout.right);
      expect(Number(y)).toBeGreaterThanOrEqual(layout.top);
      expect(Number(y)).toBeLessThanOrEqual(layout.bottom);
    }
  });

  test('reach the largest and the smallest of the numbers in a column of pixels', () => {
    const steps = Array.from({ length: 4000 }, (_, place) => place);
    const values = steps.map((step) => (step === 1501 ? 9 : step === 2501 ? -9 : Math.sin(step)));
    const curves = [line(steps, values)];
    const layout = layCurves(curves, { least: -9, most: 9, positive: 1e-3 }, 'linear', room);
    const heights = [...(layout.paths[0]?.d ?? '').matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));
    expect(heights.length).toBeLessThan(2 * room.width + 2);
    expect(Math.min(...heights)).toBeCloseTo(layout.top, 1);
    expect(Math.max(...heights)).toBeCloseTo(layout.bottom, 1);
  });

  test('have a logarithmic axis only without negative numbers, and with one above 0', () => {
    const found = (...values: number[]) =>
      extentOf([line([1, 2, 3], values)]) as NonNullable<ReturnType<typeof extentOf>>;
    expect([found(0, 1), found(1, 2), found(-1, 1), found(0, 0)].map(hasLog)).toEqual([true, true, false, false]);
  });

  test('are read off at their own recorded steps', () => {
    const curves = [line([10, 20, 40], [4, 3, 2]), line([1, 100], [1, 1])];
    const extent = extentOf(curves);
    if (!extent) throw new Error('no numbers');
    const { x, stepAt } = layCurves(curves, extent, 'log', room);
    expect(stepAt(x(21))).toBe(20);
    expect(stepAt(x(90))).toBe(40);
    expect(stepAt(0)).toBe(10);
  });

  test('without a finite number there is nothing to draw', () =>
    expect(extentOf([line([1], [Number.NaN])])).toBeNull());
});
