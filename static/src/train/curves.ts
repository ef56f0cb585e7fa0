/** Curves over training steps: the positions of their lines, ticks and marks. Pure geometry. */

import type { Size } from '../model/geometry';
import { type Axis, type Extent, type Frame, linearAxis, logAxis, round } from '../ui/plot';
import { nearestStep, type Series } from './record';

export interface Curve {
  /** The class of its line, which the legend shows too. */
  kind: 'steps' | 'objective' | 'training' | 'held-out' | 'earlier';
  /** Its name in the legend; null for another line of the name before it. */
  name: string | null;
  /** That of its column in a file. */
  column: string;
  series: Series;
}

export interface Curves extends Frame {
  paths: readonly { kind: Curve['kind']; d: string }[];
  x: (step: number) => number;
  y: Axis['y'];
  /** The recorded training step of the first curve that is nearest to a position. */
  stepAt: (x: number) => number | null;
}

const EDGE = { left: 58, right: 20, top: 22, bottom: 38 };
/** The room for a label, in pixels. */
const ROOM = 84;

/** The finite numbers of all curves; null if there are none. */
export function extentOf(curves: readonly Curve[]): Extent | null {
  let [least, most, positive] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { series } of curves) {
    for (const value of series.values) {
      if (!Number.isFinite(value)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
      if (value > 0) positive = Math.min(positive, value);
    }
  }
  return least <= most ? { least, most, positive: Number.isFinite(positive) ? positive : null } : null;
}

/** Logarithms exist above 0; a number of exactly 0 is drawn on the axis. */
export const hasLog = ({ least, positive }: Extent): boolean => least >= 0 && positive !== null;

export function layCurves(
  curves: readonly Curve[],
  extent: Extent,
  scale: 'linear' | 'log',
  { width, height }: Size,
): Curves {
  const [left, right, top, bottom] = [EDGE.left, width - EDGE.right, EDGE.top, height - EDGE.bottom];
  const ends = curves.flatMap(({ series: { steps } }) => [steps[0], steps.at(-1)]).filter((step) => step !== undefined);
  const first = Math.min(...ends);
  const last = Math.max(first + 1, ...ends);
  const x = (step: number) => left + ((step - first) / (last - first)) * (right - left);
  const { y, yTicks } = scale === 'log' ? logAxis(extent, bottom, top) : linearAxis(extent, bottom, top);
  const xTicks = round(first, last, (right - left) / ROOM)
    .filter((step) => Number.isInteger(step))
    .map((value) => ({ value, at: x(value) }));
  return {
    ...{ width, height, left, right, top, bottom, xTicks, yTicks, x, y },
    paths: curves.map(({ kind, series }) => ({ kind, d: pathOf(series, x, y) })),
    stepAt: (at) => {
      const [main] = curves;
      return main ? nearestStep(main.series, first + ((at - left) / (right - left)) * (last - first)) : null;
    },
  };
}

/** The line, with gaps where a number is not finite. Of many points in a column, only the extremes are drawn. */
function pathOf({ steps, values }: Series, x: (step: number) => number, y: Axis['y']): string {
  const parts: string[] = [];
  let open = false;
  let [column, low, high] = [Number.NaN, 0, 0];
  const put = (place: number) => {
    const at = y(values[place] as number);
    if (at !== null) parts.push(`${open ? 'L' : 'M'}${x(steps[place] as number).toFixed(1)} ${at.toFixed(1)}`);
    open = at !== null;
  };
  const flush = () => {
    if (Number.isNaN(column)) return;
    put(Math.min(low, high));
    if (low !== high) put(Math.max(low, high));
  };
  for (let place = 0; place < steps.length; place++) {
    const own = Math.floor(x(steps[place] as number));
    const value = values[place] as number;
    if (own !== column || !Number.isFinite(value)) {
      flush();
      [column, low, high] = [Number.isFinite(value) ? own : Number.NaN, place, place];
      if (!Number.isFinite(value)) open = false;
      continue;
    }
    if (value < (values[low] as number)) low = place;
    if (value > (values[high] as number)) high = place;
  }
  flush();
  return parts.join('');
}
