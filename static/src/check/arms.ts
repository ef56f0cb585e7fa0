/**
 * The two arms of the V, found in the points themselves: a curve that has no truncation, as that of a quadratic loss, gets none.
 * On logarithmic axes truncation, of order ε², rises with slope 2, and rounding, of order 1/ε, falls with slope −1.
 */

import type { CurvePoint } from '../api/check';

/** log₁₀ error = slope · log₁₀ ε + intercept, for log₁₀ ε between `from` and `to`. */
export interface Line {
  slope: number;
  intercept: number;
  from: number;
  to: number;
}

export interface Arms {
  truncation: Line | null;
  rounding: Line | null;
}

interface Log {
  step: number;
  error: number;
}

const TRUNCATION = { slope: 2, off: 0.25 };
/** Rounding is noise: only over many points does it follow its law. */
const ROUNDING = { slope: -1, off: 0.35 };
/** An arm is at least so long, in powers of ten of ε, … */
const LEAST = 1.9;
/** … and rounding has at least so many points. */
const FEWEST = 4;

export function armsOf(points: readonly CurvePoint[]): Arms {
  const logs = points
    .filter(({ relative_error: error }) => error > 0 && Number.isFinite(error))
    .map(({ epsilon, relative_error: error }) => ({ step: Math.log10(epsilon), error: Math.log10(error) }))
    .sort((one, other) => one.step - other.step);
  const truncation = truncationOf(logs);
  return { truncation, rounding: roundingOf(truncation ? logs.filter(({ step }) => step < truncation.from) : logs) };
}

/** The longest run of points that rise as ε² does. */
function truncationOf(logs: readonly Log[]): Line | null {
  let best: Log[] = [];
  let run: Log[] = [];
  for (const log of logs) {
    const before = run.at(-1);
    const slope = before ? (log.error - before.error) / (log.step - before.step) : TRUNCATION.slope;
    run = Math.abs(slope - TRUNCATION.slope) <= TRUNCATION.off ? [...run, log] : [log];
    if (lengthOf(run) > lengthOf(best)) best = run;
  }
  return lengthOf(best) >= LEAST ? through(best, TRUNCATION.slope) : null;
}

/** All points left of the truncation, if together they fall as 1/ε does. */
function roundingOf(logs: readonly Log[]): Line | null {
  const fits = logs.length >= FEWEST && Math.abs(slopeOf(logs) - ROUNDING.slope) <= ROUNDING.off;
  return fits && lengthOf(logs) >= LEAST ? through(logs, ROUNDING.slope) : null;
}

const lengthOf = (run: readonly Log[]): number => (run.at(-1)?.step ?? 0) - (run[0]?.step ?? 0);

/** The line of a given slope that fits best. */
function through(logs: readonly Log[], slope: number): Line {
  const intercept = mean(logs.map(({ step, error }) => error - slope * step));
  return { slope, intercept, from: logs[0]?.step ?? 0, to: logs.at(-1)?.step ?? 0 };
}

/** Least squares. */
function slopeOf(logs: readonly Log[]): number {
  const [x, y] = [mean(logs.map(({ step }) => step)), mean(logs.map(({ error }) => error))];
  const [up, down] = logs.reduce(
    ([above, below], { step, error }) => [above + (step - x) * (error - y), below + (step - x) ** 2],
    [0, 0],
  );
  return up / down;
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
