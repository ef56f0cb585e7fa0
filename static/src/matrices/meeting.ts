/**
 * Which rows and columns of the operands are highlighted for an entry of the result: those that it is computed from.
 */

import type { Span } from '../ui/windowed';
import { type Equation, resultOf } from './equations';
import { type Counts, countsAt, type Matrix, placeAt, placeIn } from './matrix';

export interface Band {
  rows: Span;
  columns: Span;
}

/** One for each part of the equation: `null` if no part of it is used. The result itself is not an operand. */
export function bandsOf(equation: Equation, refs: readonly string[]): (Band | null)[] {
  const result = resultOf(equation);
  const place = result ? refs.map((ref) => placeIn(result, ref)).find((one) => one !== null) : null;
  const counts = result && place ? countsAt(result, place) : null;
  return equation.parts.map((part, number) => {
    if (!counts || number === 0 || part.kind !== 'matrix') return null;
    const known = (labels: string) => spanOf(labels, part.meets, counts, part.matrix);
    const { rows, columns } = part.matrix.labels;
    return { rows: known(rows), columns: known(columns) };
  });
}

/** The leading labels shared with the entry determine the position; along the others everything is used. */
function spanOf(labels: string, meets: string, counts: Counts, { sizes }: Matrix): Span {
  const free = [...labels].findIndex((label) => !meets.includes(label));
  const fixed = free < 0 ? labels : labels.slice(0, free);
  const each = [...labels.slice(fixed.length)].reduce((size, label) => size * (sizes[label] ?? 1), 1);
  const first = placeAt(fixed, counts, sizes) * each;
  return { first, end: first + each };
}

export function isInBand(band: Band | null, row: number, column: number): boolean {
  const within = ({ first, end }: Span, place: number) => first <= place && place < end;
  return band !== null && within(band.rows, row) && within(band.columns, column);
}
