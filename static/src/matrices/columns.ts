/** Numbers of a column stand with their points in one line, and the column keeps its width while they appear. */

import { DIGITS, type InColumn, inColumn, leadOf, shown } from '../numbers/format';
import { type Matrix, refAt, valueIn } from './matrix';

export interface ColumnRoom extends InColumn {
  /** What follows, of the longest. */
  tail: number;
}

/** A power of ten takes about so many figures. */
const POWER = 4.6;
/** … and so does "(rounding)". */
const ROUNDING = 9;
/** A column of whole numbers is not narrower than this. */
const LEAST = 1;

export function columnRooms(matrix: Matrix): ColumnRoom[] {
  return Array.from({ length: matrix.columns }, (_, column) => {
    const places = Array.from({ length: matrix.rows }, (_, row) => ({ row, ref: refAt(matrix, row, column) }));
    const isZero = (ref: string | null) => ref !== null && matrix.rounding.has(ref);
    const values = places.map(({ row, ref }) => (isZero(ref) ? 0 : valueIn(matrix, row, column)));
    const { lead, fixed } = inColumn(values);
    const tails = values.map((value) => tailOf(value, fixed));
    return {
      lead: Math.max(LEAST, lead),
      fixed,
      tail: Math.max(LEAST, ...tails, places.some(({ ref }) => isZero(ref)) ? ROUNDING : 0),
    };
  });
}

function tailOf(value: number, fixed: boolean): number {
  const { digits, exponent } = shown(value, DIGITS, fixed);
  return digits.length - leadOf(value) + (exponent === null ? 0 : POWER);
}
