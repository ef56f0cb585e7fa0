/** The strip's logarithmic axis: where a size stands between two powers of ten, from 0 at the bottom to 1 at the top. */

export interface Axis {
  /** Powers of ten at both ends. */
  from: number;
  to: number;
  /** Those that are named. */
  ticks: number[];
}

/** An axis spans so many powers of ten at least, so that sizes that are alike look alike. */
const LEAST = 3;
const MOST_TICKS = 4;
/** The smallest size still has a bar to be seen and pointed at. */
const FOOT = 0.35;

export function axisOf(sizes: readonly number[]): Axis {
  const powers = sizes.filter((size) => size > 0 && Number.isFinite(size)).map(Math.log10);
  const to = powers.length > 0 ? Math.ceil(Math.max(...powers)) : 0;
  const from = Math.min(powers.length > 0 ? Math.floor(Math.min(...powers) - FOOT) : 0, to - LEAST);
  const every = Math.ceil((to - from) / MOST_TICKS);
  const ticks = Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, place) => to - place * every);
  return { from, to, ticks: ticks.reverse() };
}

/** 0 for what is 0, 1 for what is infinite, and nothing for what is no number. */
export function placeOf({ from, to }: Axis, size: number): number | null {
  if (Number.isNaN(size)) return null;
  if (size === 0) return 0;
  return Math.min(1, (Math.log10(size) - from) / (to - from));
}
