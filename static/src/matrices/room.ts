/** Which matrices are set with their numbers, and how large the cells of the others are. */

import type { Cells } from '../model/choices';
import type { Size } from '../model/geometry';

/** A matrix up to this size is set as in print; a larger one is a heat map. */
export const SET = { rows: 16, columns: 8, entries: 96 };

export function isSet({ rows, columns }: { rows: number; columns: number }): boolean {
  return rows <= SET.rows && columns <= SET.columns && rows * columns <= SET.entries;
}

/** In CSS pixels. */
export const CELL: Readonly<Record<Cells, Size>> = {
  colours: { width: 14, height: 14 },
  numbers: { width: 54, height: 22 },
};

/** So few columns fit beside each other with their numbers, whatever was chosen. */
const NARROW = 10;

export const cellOf = (columns: number, chosen: Cells): Size => CELL[columns <= NARROW ? 'numbers' : chosen];

/** The room that heads take, above and to the left. */
export const HEADS: Size = { width: 34, height: 20 };
/** How much of a heat map is seen at once. */
export const TALLEST = 320;
