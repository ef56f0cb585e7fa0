/** Central differences of functions with a known derivative, in float64: curves of truncation and rounding. */

import type { CurvePoint } from '@/api/questions';

export const STEPS = Array.from({ length: 12 }, (_, place) => 10 ** -(place + 1));

export function differences(of: (at: number) => number, at: number, derivative: number): CurvePoint[] {
  return STEPS.map((epsilon) => {
    const [left, right] = [of(at - epsilon), of(at + epsilon)];
    const numeric = (right - left) / (2 * epsilon);
    const size = Math.max(Math.abs(derivative), Math.abs(numeric), 1e-8);
    return { epsilon, left, right, numeric, relative_error: Math.abs(derivative - numeric) / size };
  });
}

export const OF_TANH = differences((at) => Math.tanh(at) + 0.3, 0.7, 1 - Math.tanh(0.7) ** 2);
export const OF_PARABOLA = differences((at) => 0.5 * (0.3 * at + 0.1) ** 2 + 0.05, 0.15, 0.3 * (0.3 * 0.15 + 0.1));
/** A number that the loss does not depend on, as at a dead unit: the error is exactly 0. */
export const OF_NOTHING = differences(() => 0.3, 0.7, 0);
