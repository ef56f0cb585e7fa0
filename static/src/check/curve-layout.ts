/** The error of one derivative against ε, on logarithmic axes: positions of points, ticks and arms. Pure geometry. */

import type { CurvePoint } from '../api/questions';
import type { Point, Size } from '../model/layout';
import { type Frame, type LogScale, logScale, powers } from '../ui/plot';

export interface Dot extends Point {
  point: CurvePoint;
  /** Its step is a whole power of ten. */
  whole: boolean;
  /** An error of exactly 0 has no logarithm: it is drawn on the axis. */
  exact: boolean;
}

export interface ArmLine {
  from: Point;
  to: Point;
  /** The position of its label, clear of the line. */
  label: Point;
}

export interface CurveLayout extends Frame {
  /** In ascending order of ε; errors that are not finite have no dot. */
  dots: Dot[];
  /** The line through the dots. */
  path: string;
  /** The distance between the dots. */
  spacing: number;
  truncation: ArmLine | null;
  rounding: ArmLine | null;
  x: LogScale;
  y: LogScale;
}

const EDGE = { left: 42, right: 14, top: 34, bottom: 38 };
/** The exponents of ε and of the error; the error's range widens if there are others. */
const STEPS = { from: -12, to: -1 };
const ERRORS = { from: -16, to: 0 };
const ROOM = { x: 42, y: 26 };

export function curveLayout(points: readonly CurvePoint[], { width, height }: Size): CurveLayout {
  const [left, right, top, bottom] = [EDGE.left, width - EDGE.right, EDGE.top, height - EDGE.bottom];
  const finite = points
    .filter(({ relative_error: error }) => Number.isFinite(error))
    .sort((one, other) => one.epsilon - other.epsilon);
  const errors = finite.map(({ relative_error: error }) => error).filter((error) => error > 0);
  const x = logScale(STEPS.from, STEPS.to, left, right);
  const y = logScale(
    Math.floor(Math.min(ERRORS.from, ...errors.map(Math.log10))),
    Math.ceil(Math.max(ERRORS.to, ...errors.map(Math.log10))),
    bottom,
    top,
  );
  const dots = finite.map((point) => {
    const exact = point.relative_error === 0;
    return {
      point,
      exact,
      whole: isPower(point.epsilon),
      x: x(point.epsilon),
      y: exact ? bottom : y(point.relative_error),
    };
  });
  const arms: Arms = armsOf(finite);
  return {
    width,
    height,
    left,
    right,
    top,
    bottom,
    x,
    y,
    xTicks: powers(x, right - left, ROOM.x).map((power) => ({ value: power, at: x(10 ** power) })),
    yTicks: powers(y, bottom - top, ROOM.y).map((power) => ({ value: power, at: y(10 ** power) })),
    dots,
    path: dots.map((dot, place) => `${place ? 'L' : 'M'}${dot.x} ${dot.y}`).join(''),
    spacing: (right - left) / Math.max(1, dots.length - 1),
    truncation: arms.truncation && drawn(arms.truncation, NAMES.truncation, x, y),
    rounding: arms.rounding && drawn(arms.rounding, NAMES.rounding, x, y),
  };
}

/** By its decimal text: in float64, logarithms of powers of ten need not be whole. */
const isPower = (epsilon: number): boolean => Number(`1e${Math.round(Math.log10(epsilon))}`) === epsilon;

/** The position of a label: at a fraction of its arm, with an offset. */
interface NamePlace extends Point {
  share: number;
}

/** The label of truncation is inside the V, near the top, where it is wide; that of rounding is below it. */
const NAMES = { truncation: { share: 0.78, x: -8, y: -4 }, rounding: { share: 0.5, x: 4, y: 20 } };

function drawn(line: Line, name: NamePlace, x: LogScale, y: LogScale): ArmLine {
  const at = (log: number): Point => ({ x: x(10 ** log), y: y(10 ** (line.slope * log + line.intercept)) });
  // Inside the picture, wherever the line extends.
  const steps = (power: number) => (power - line.intercept) / line.slope;
  const [low, high] = [steps(y.from), steps(y.to)].sort((one, other) => one - other) as [number, number];
  const [from, to] = [Math.max(line.from, low), Math.min(line.to, high)];
  const named = at(from + (to - from) * name.share);
  return { from: at(from), to: at(to), label: { x: named.x + name.x, y: named.y + name.y } };
}

/**
 * The two arms of the V, fitted to the points: a curve without truncation error, as for a quadratic loss, gets none.
 * On logarithmic axes truncation, of order ε², rises with slope 2, and rounding, of order 1/ε, falls with slope −1.
 */

/** log₁₀ error = slope · log₁₀ ε + intercept, for log₁₀ ε between `from` and `to`. */
interface Line {
  slope: number;
  intercept: number;
  from: number;
  to: number;
}

interface Arms {
  truncation: Line | null;
  rounding: Line | null;
}

interface Log {
  step: number;
  error: number;
}

const TRUNCATION = { slope: 2, off: 0.25 };
/** Rounding is noise: it follows its law only over many points. */
const ROUNDING = { slope: -1, off: 0.35 };
/** The minimum length of an arm, in powers of ten of ε, … */
const LEAST = 1.9;
/** … and the minimum number of points for rounding. */
const FEWEST = 4;

export function armsOf(points: readonly CurvePoint[]): Arms {
  const logs = points
    .filter(({ relative_error: error }) => error > 0 && Number.isFinite(error))
    .map(({ epsilon, relative_error: error }) => ({ step: Math.log10(epsilon), error: Math.log10(error) }))
    .sort((one, other) => one.step - other.step);
  const truncation = truncationOf(logs);
  return { truncation, rounding: roundingOf(truncation ? logs.filter(({ step }) => step < truncation.from) : logs) };
}

/** The longest run of points that increase as ε² does. */
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

/** All points left of the truncation, if together they decrease as 1/ε does. */
function roundingOf(logs: readonly Log[]): Line | null {
  const fits = logs.length >= FEWEST && Math.abs(slopeOf(logs) - ROUNDING.slope) <= ROUNDING.off;
  return fits && lengthOf(logs) >= LEAST ? through(logs, ROUNDING.slope) : null;
}

const lengthOf = (run: readonly Log[]): number => (run.at(-1)?.step ?? 0) - (run[0]?.step ?? 0);

/** The line of a given slope with the best fit. */
function through(logs: readonly Log[], slope: number): Line {
  const intercept = mean(logs.map(({ step, error }) => error - slope * step));
  return { slope, intercept, from: logs[0]?.step ?? 0, to: logs.at(-1)?.step ?? 0 };
}

/** By least squares. */
function slopeOf(logs: readonly Log[]): number {
  const [x, y] = [mean(logs.map(({ step }) => step)), mean(logs.map(({ error }) => error))];
  const [up, down] = logs.reduce(
    ([above, below], { step, error }) => [above + (step - x) * (error - y), below + (step - x) ** 2],
    [0, 0],
  );
  return up / down;
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
