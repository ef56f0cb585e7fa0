/** The loss of each training step as a curve: the positions of its line, ticks and marks. Pure geometry. */

import { computed, signal } from '@preact/signals';
import type { Size } from '../model/geometry';
import { line } from '../state/store';
import { type Frame, linearAxis, logAxis, round } from '../ui/plot';

export type Scale = 'linear' | 'log';

/** The losses of consecutive training steps; NaN if one is not finite. */
export interface Losses {
  first: number;
  losses: Float64Array;
}

export interface Range {
  least: number;
  most: number;
  /** The smallest loss above 0: the lower limit of a logarithmic axis. */
  positive: number | null;
  /** The training step with the smallest loss. */
  best: number;
}

export interface LossCurve extends Frame {
  /** The line, with gaps where a loss is not finite. */
  path: string;
  x: (step: number) => number;
  /** Null if the loss is not finite. */
  y: (loss: number) => number | null;
  /** The training step nearest to a position. */
  stepAt: (x: number) => number;
}

/** The text that is read off is at the top. */
const EDGE = { left: 62, right: 24, top: 24, bottom: 22 };
/** The room for a label, in pixels. */
const ROOM = 76;
/** From this ratio of the largest to the smallest loss on, the default axis is logarithmic. */
const MANY_TIMES = 100;

/** Null if no loss is finite. */
export function rangeOf({ first, losses }: Losses): Range | null {
  let [least, most, positive, best] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
  for (let place = 0; place < losses.length; place++) {
    const loss = losses[place] as number;
    if (!Number.isFinite(loss)) continue;
    if (loss < least) [least, best] = [loss, first + place];
    if (loss > most) most = loss;
    if (loss > 0 && loss < positive) positive = loss;
  }
  if (least > most) return null;
  return { least, most, positive: Number.isFinite(positive) ? positive : null, best };
}

/** Logarithms exist above 0; a loss of exactly 0 is drawn on the axis. */
export const hasLog = ({ least, positive }: Range): boolean => least >= 0 && positive !== null;

export const usualScale = (range: Range): Scale =>
  hasLog(range) && range.most / (range.positive ?? 1) >= MANY_TIMES ? 'log' : 'linear';

export function lossCurve(of: Losses, range: Range, scale: Scale, { width, height }: Size): LossCurve {
  const [left, right, top, bottom] = [EDGE.left, width - EDGE.right, EDGE.top, height - EDGE.bottom];
  const { first, losses } = of;
  const last = first + Math.max(1, losses.length - 1);
  const x = (step: number) => left + ((step - first) / (last - first)) * (right - left);
  const { y, yTicks } = scale === 'log' ? logAxis(range, bottom, top) : linearAxis(range, bottom, top);
  const stepAt = (at: number) => {
    const step = Math.round(first + ((at - left) / (right - left)) * (last - first));
    return Math.min(Math.max(step, first), first + losses.length - 1);
  };
  const xTicks = [...new Set(round(first, last, (right - left) / ROOM))]
    .filter((step) => Number.isInteger(step))
    .map((value) => ({ value, at: x(value) }));
  const sizes = { width, height, left, right, top, bottom };
  return { ...sizes, path: pathOf(losses, (place) => x(first + place), y), xTicks, yTicks, x, y, stepAt };
}

/** Of many training steps in one pixel column, only the smallest and the largest loss are drawn, in their order. */
function pathOf(losses: Float64Array, x: (place: number) => number, y: (loss: number) => number | null): string {
  const parts: string[] = [];
  let open = false;
  const put = (place: number) => {
    const at = y(losses[place] as number);
    if (at === null) open = false;
    else {
      parts.push(`${open ? 'L' : 'M'}${x(place).toFixed(1)} ${at.toFixed(1)}`);
      open = true;
    }
  };
  for (let place = 0; place < losses.length; ) {
    const end = columnEnd(losses, place, x);
    for (const one of extremes(losses, place, end)) put(one);
    place = end;
  }
  return parts.join('');
}

/** The first index in the next pixel column. */
function columnEnd(losses: Float64Array, from: number, x: (place: number) => number): number {
  const pixel = Math.floor(x(from));
  let end = from + 1;
  while (end < losses.length && Math.floor(x(end)) === pixel) end++;
  return end;
}

/** The indices of the smallest and the largest loss, or of the first that is not finite. */
function extremes(losses: Float64Array, from: number, to: number): number[] {
  let [low, high] = [from, from];
  for (let place = from; place < to; place++) {
    const loss = losses[place] as number;
    if (!Number.isFinite(loss)) return place > from ? [...extremes(losses, from, place), place] : [place];
    if (loss < (losses[low] as number)) low = place;
    if (loss > (losses[high] as number)) high = place;
  }
  return low === high ? [low] : [Math.min(low, high), Math.max(low, high)];
}

/** The number of training steps in a table, in addition to the requested ones. */
export const MAX_LISTED = 50;

/** The training steps in a table: the first and the last, some at equal distances, and the requested ones. */
export function listed({ first, losses }: Losses, most: number, included: readonly number[]): number[] {
  const count = Math.min(most, losses.length);
  const apart = count > 1 ? (losses.length - 1) / (count - 1) : 0;
  const even = Array.from({ length: count }, (_, place) => first + Math.round(place * apart));
  const there = included.filter((step) => step >= first && step < first + losses.length);
  return [...new Set([...even, ...there])].sort((one, other) => one - other);
}

/** The known losses of the displayed line of training steps, and their display settings. */

export const asRows = signal(false);

/** A choice by the user is kept, as long as logarithms exist. */
export const chosenScale = signal<Scale | null>(null);

export const range = computed(() => (line.value ? rangeOf(line.value) : null));
export const canLog = computed(() => range.value !== null && hasLog(range.value));
export const scale = computed<Scale>(() => {
  if (!range.value || !canLog.value) return 'linear';
  return chosenScale.value ?? usualScale(range.value);
});
