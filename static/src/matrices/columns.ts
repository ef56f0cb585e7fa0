/** Numbers of a column stand with their points in one line, and the column keeps its width while they appear. */

import { DIGITS, shown } from '../numbers/format';
import { leadOf } from '../numbers/lead';
import { type Matrix, valueIn } from './matrix';

export interface ColumnRoom {
  /** Figures and signs before the point, of the longest. */
  lead: number;
  /** What follows, of the longest. */
  tail: number;
}

/** A power of ten takes about so many figures. */
const POWER = 4.6;
/** A column of whole numbers is not narrower than this. */
const LEAST = 1;

export function columnRooms(matrix: Matrix): ColumnRoom[] {
  return Array.from({ length: matrix.columns }, (_, column) => {
    const values = Array.from({ length: matrix.rows }, (_, row) => valueIn(matrix, row, column));
    return {
      lead: Math.max(LEAST, ...values.map(leadOf)),
      tail: Math.max(LEAST, ...values.map(tailOf)),
    };
  });
}

function tailOf(value: number): number {
  const { digits, exponent } = shown(value, DIGITS, true);
  return digits.length - leadOf(value) + (exponent === null ? 0 : POWER);
}
