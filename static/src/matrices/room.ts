/** Which matrices are typeset with their numbers, and the cell size of the others. */

import type { Cells } from '../model/choices';
import type { Size } from '../model/geometry';

/** A matrix up to this size is typeset; a larger one is a heat map. */
export const SET = { rows: 16, columns: 8, entries: 96 };

export function isSet({ rows, columns }: { rows: number; columns: number }): boolean {
  return rows <= SET.rows && columns <= SET.columns && rows * columns <= SET.entries;
}

/** In CSS pixels. */
export const CELL: Readonly<Record<Cells, Size>> = {
  colours: { width: 14, height: 14 },
  numbers: { width: 54, height: 22 },
};

/** A matrix with at most this many columns shows its numbers with either choice. */
const NARROW = 10;

export const cellOf = (columns: number, chosen: Cells): Size => CELL[columns <= NARROW ? 'numbers' : chosen];

/** The size of the heads, at the left and above. */
export const HEADS: Size = { width: 34, height: 20 };
/** The greatest visible height of a heat map. */
export const TALLEST = 320;
