/**
 * Two matrices and their product as one table; the row and the column whose product is the explained number are
 * highlighted.
 */

import type { Explanation, MatrixForm, MatrixLine, Trace } from '../api/types';
import { entryAt, shapeOf, tensorAt } from './lookup';

export interface Cell {
  ref: string | null;
  /** `null` if the matrix is only conceptual, and its other lines have no numbers. */
  value: number | null;
  lit: boolean;
}

/** Rows of cells; `null` marks omitted lines. */
export type Grid = (Cell | null)[][];

export interface Product {
  left: Grid;
  right: Grid;
  /** The product, with the rows of the left one and the columns of the right one. */
  result: Grid;
}

/** The most rows and columns of the product that are shown, and the most entries of the highlighted lines. */
const ROWS = 3;
const COLUMNS = 2;
const INNER = 3;

export function productOf(trace: Trace, { left, right }: MatrixForm, { ref, value }: Explanation): Product {
  const rows = clipped(left.shape[0] ?? 1, left.at, ROWS);
  const columns = clipped(right.shape[1] ?? 1, right.at, COLUMNS);
  const inner = clipped(left.shape[1] ?? 1, null, INNER);
  const tensor = ref.replace(/\[.*$/, '');
  const shape = [left.shape[0] ?? 1, right.shape[1] ?? 1];
  const result = { tensor: tensorAt(trace, tensor), name: tensor, transposed: false, shape };
  return {
    left: gridOf(rows, inner, (row, column) => cellOf(trace, left, row, column, column)),
    right: gridOf(inner, columns, (row, column) => cellOf(trace, right, row, column, row)),
    result: gridOf(rows, columns, (row, column) => {
      if (row === left.at && column === right.at) return { ref, value, lit: true };
      return { ...entryOf(result.tensor, result, row, column), lit: false };
    }),
  };
}

/** Which of `count` places are shown, `null` for a gap: those around the important one, or the first and the last. */
export function clipped(count: number, around: number | null, most: number): (number | null)[] {
  if (count <= most) return Array.from({ length: count }, (_, place) => place);
  if (around === null) return [...Array.from({ length: most - 1 }, (_, place) => place), null, count - 1];
  const first = Math.min(Math.max(0, around - Math.floor(most / 2)), count - most);
  const middle = Array.from({ length: most }, (_, place) => first + place);
  return [...(first > 0 ? [null] : []), ...middle, ...(first + most < count ? [null] : [])];
}

function gridOf(
  rows: readonly (number | null)[],
  columns: readonly (number | null)[],
  cell: (row: number, column: number) => Cell,
): Grid {
  return rows.map((row) => columns.map((column) => (row === null || column === null ? null : cell(row, column))));
}

/** `along` is the place on the highlighted line: its entries have refs even if the matrix has no tensor. */
function cellOf(trace: Trace, line: MatrixLine, row: number, column: number, along: number): Cell {
  const lit = (line.kind === 'row' ? row : column) === line.at;
  const entry = lit ? line.entries[along] : undefined;
  if (entry) return { ref: 'ref' in entry ? entry.ref : null, value: entry.value, lit };
  const tensor = line.tensor ? tensorAt(trace, line.tensor) : undefined;
  return { ...entryOf(tensor, { ...line, name: line.tensor ?? '' }, row, column), lit };
}

interface Source {
  name: string;
  transposed: boolean;
  shape: readonly number[];
}

function entryOf(tensor: unknown, { name, transposed, shape }: Source, row: number, column: number): Omit<Cell, 'lit'> {
  const own = shapeOf(tensor);
  const index = transposed ? [column, row] : [row, column];
  const fits = own.length === 2 && own.join() === (transposed ? shape.toReversed() : shape).join();
  // A vector is shown as a single row.
  const place = fits ? index : own.length === 1 && own[0] === Math.max(...shape) ? [Math.max(row, column)] : null;
  const value = place && entryAt(tensor as never, place);
  return typeof value === 'number' && place ? { ref: `${name}[${place.join()}]`, value } : { ref: null, value: null };
}
