/** Wide columns show some of their units, with "…" for the others. */

export interface Gap {
  /** The first unit that is left out, and how many are. */
  from: number;
  hidden: number;
}

export interface Shown {
  units: readonly number[];
  gaps: readonly Gap[];
}

/** A column of so many units is drawn whole. */
export const WHOLE = 24;
/** Of a wider one, so many in a row, and the last ones. */
export const ROW = 10;
const LAST = 2;

/**
 * Units from `start` on, and the last ones. Where one is asked for that is not among them, the row that it is in. A column that fits
 * `whole` is left as it is.
 */
export function shownOf(count: number, start: number, needed: number | null, whole: number = WHOLE): Shown {
  if (count <= whole) return { units: range(0, count), gaps: [] };
  const last = count - LAST;
  const fits = (from: number) => needed === null || needed >= last || (needed >= from && needed < from + ROW);
  const wanted = clamp(start, last);
  const from = fits(wanted) ? wanted : clamp(Math.floor((needed ?? 0) / ROW) * ROW, last);
  const units = [...range(from, from + ROW), ...range(last, count)];
  const gaps = [
    { from: 0, hidden: from },
    { from: from + ROW, hidden: last - from - ROW },
  ];
  return { units, gaps: gaps.filter(({ hidden }) => hidden > 0) };
}

const clamp = (start: number, last: number): number => Math.max(0, Math.min(start, last - ROW));

/** Where the row begins that shows what a gap leaves out: the next units after those shown, or those just before. */
export function turned({ from, hidden }: Gap): number {
  return from === 0 ? Math.max(0, hidden - ROW) : from;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, place) => from + place);
