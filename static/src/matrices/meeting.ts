/** Which rows and columns meet in an entry: what lights up in the operands when an entry of the result is looked at. */

import type { Span } from '../ui/windowed';
import { type Equation, resultOf } from './equations';
import { type Counts, countsAt, type Matrix, placeAt, placeIn } from './matrix';

export interface Band {
  rows: Span;
  columns: Span;
}

/** One for each part of the equation: `null` where nothing of it takes part. The result itself is no operand. */
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

/** The first labels that the entry has tell where; along the others all takes part. */
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
