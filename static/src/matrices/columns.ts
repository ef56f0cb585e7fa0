/** Numbers of a column are aligned at their decimal points, and the column keeps its width while they appear. */

import { DIGITS, type InColumn, inColumn, leadOf, shown } from '../numbers/format';
import { type Matrix, refAt, valueIn } from './matrix';

export interface ColumnRoom extends InColumn {
  /** The greatest length after the decimal point. */
  tail: number;
}

/** The width of a power of ten, in digits. */
const POWER = 4.6;
/** … and of "(rounding)". */
const ROUNDING = 9;
/** The least width of a column of integers. */
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
