/** A few numbers about one of a map, as they stand there: of a vector, those before and after it. */

import type { Trace } from '../api/types';
import { shapeOf, tensorAt } from '../lookup';
import { parseRef } from '../refs';
import { marksOf } from './links';
import { refAt, slicesOf, valuesOf } from './slices';

export interface Neighbour {
  ref: string;
  value: number;
  /** Whether it is the one that is looked at. */
  own: boolean;
}

/** How many rows and columns there are at the most. */
const ROWS = 3;
const COLUMNS = 7;

export function around(trace: Trace, ref: string): Neighbour[][] | null {
  const own = marksOf(trace, ref).find(({ kind }) => kind === 'own');
  if (!own) return null;
  const { tensor, prefix, box } = own;
  const [slice] = slicesOf(tensor, prefix, shapeOf(tensorAt(trace, tensor)).slice(prefix.length));
  if (!slice) return null;
  const derivative = parseRef(ref)?.derivative ?? '';
  const values = valuesOf(trace, slice, derivative);
  const cell = (row: number, column: number): Neighbour => ({
    ref: refAt(slice, row, column, derivative && `.${derivative}`),
    value: values[row]?.[column] ?? Number.NaN,
    own: row === box.top && column === box.left,
  });
  // A line is read across, and takes less room so.
  if (slice.vector) return [near(box.top, slice.rows, COLUMNS).map((row) => cell(row, 0))];
  const columns = near(box.left, slice.columns, COLUMNS);
  return near(box.top, slice.rows, ROWS).map((row) => columns.map((column) => cell(row, column)));
}

/** So many places in a row with this one among them, in the middle where that can be. */
function near(place: number, count: number, most: number): number[] {
  const first = Math.max(0, Math.min(place - Math.floor(most / 2), count - most));
  return Array.from({ length: Math.min(most, count) }, (_, offset) => first + offset);
}
