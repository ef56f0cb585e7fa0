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

/** A column of so many units is drawn whole, where there is height enough. */
export const WHOLE = 24;
/** Of a wider one, so many in a row, and the last ones. */
export const ROW = 10;
const LAST = 2;
/** The rows of a column beside its units in a row: a bias, the last units, and two times "…". */
const OTHERS = 1 + LAST + 2;
/** Pixels from a unit to the next: closer ones could not be told apart. */
const LEAST_PITCH = 15;
const LEAST_ROW = 3;

/** So many units are drawn: of a column that is drawn whole, and in a row of a wider one. */
export interface Most {
  whole: number;
  row: number;
}

export function mostIn(height: number): Most {
  const rows = Math.floor(height / LEAST_PITCH);
  const row = Math.min(ROW, Math.max(LEAST_ROW, rows - OTHERS));
  return { whole: Math.min(WHOLE, Math.max(row + LAST, rows - 1)), row };
}

/**
 * Units from `start` on, and the last ones. Where one is asked for that is not among them, the row that it is in. A column that fits
 * is left as it is.
 */
export function shownOf(
  count: number,
  start: number,
  needed: number | null,
  { whole, row }: Most = { whole: WHOLE, row: ROW },
): Shown {
  if (count <= whole) return { units: range(0, count), gaps: [] };
  const last = count - LAST;
  const fits = (from: number) => needed === null || needed >= last || (needed >= from && needed < from + row);
  const clamp = (from: number): number => Math.max(0, Math.min(from, last - row));
  const wanted = clamp(start);
  const from = fits(wanted) ? wanted : clamp(Math.floor((needed ?? 0) / row) * row);
  const units = [...range(from, from + row), ...range(last, count)];
  const gaps = [
    { from: 0, hidden: from },
    { from: from + row, hidden: last - from - row },
  ];
  return { units, gaps: gaps.filter(({ hidden }) => hidden > 0) };
}

/** Where the row begins that shows what a gap leaves out: the next units after those shown, or those just before. */
export function turned({ from, hidden }: Gap, row: number = ROW): number {
  return from === 0 ? Math.max(0, hidden - row) : from;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, place) => from + place);
