/** The scale of a map's colours: the smallest and largest number of a layer, or of all layers where they share one. */

export interface Range {
  low: number;
  high: number;
}

export function rangeOf(numbers: Iterable<number>): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    if (!Number.isFinite(number)) continue;
    low = Math.min(low, number);
    high = Math.max(high, number);
  }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}

export function together(ranges: readonly Range[]): Range {
  return rangeOf(ranges.flatMap(({ low, high }) => [low, high]));
}

/** Both signs have a colour each, with 0 between; numbers of one sign are told by lightness from 0 on. */
export const isDiverging = ({ low, high }: Range): boolean => low < 0 && high > 0;

/**
 * Where on the scale a number stands: from −1 to 1, 0 for 0. The largest size of the range is 1 (or −1), so that a colour means
 * as much on either side of 0.
 */
export function strength(value: number, { low, high }: Range): number {
  const most = Math.max(Math.abs(low), Math.abs(high));
  if (Number.isNaN(value) || most === 0) return 0;
  return Math.max(-1, Math.min(1, value / most));
}
