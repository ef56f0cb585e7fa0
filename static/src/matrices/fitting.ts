/**
 * The type size of the page's numbers: as large as possible without further line breaks. Also the width of the left
 * sides.
 */

import { widthOf } from '../maths/breaking';
import { DIGITS, type InColumn, inColumn, leadOf, shown } from '../numbers/format';
import { chunksOf, type Equation, type Part } from './equations';
import { isSet, type Matrix, refAt, valueIn } from './matrix';

/** In CSS pixels. */
export const SIZES = { least: 14, stacked: 16, most: 24 };

/** As in set.css, in em: a digit, the margins of a column, brackets, the samples' numbers. */
const FIGURE = 0.5;
const AROUND = 1.15;
const BRACKETS = 0.6;
const SAMPLES = 1.7;
const RELATION = 2.6;
const BETWEEN = 0.6;
const LOSS = 6;
const SIGN = 1.3;

/** The largest share of the width for a left side; beyond it, left sides have a separate line in every equation. */
const LEFT = 0.42;

export interface Fitting {
  /** The type size of the numbers, in CSS pixels. */
  size: number;
  /** In em; `null` if results are on separate lines. */
  left: number | null;
}

interface Widths {
  left: number;
  /** The widths between possible line breaks. */
  chunks: number[][];
}

/** `room` is in CSS pixels; with more than one sample, rows are numbered. */
export function fitted(equations: readonly Equation[], room: number, batch: boolean): Fitting {
  const filled = equations.filter(({ parts }) => parts.length > 0);
  // A heat map has a fixed size, and scrolls.
  const set = filled.filter(({ parts }) => parts.every((part) => part.kind !== 'matrix' || isSet(part.matrix)));
  const widths = set.map((one) => widthsOf(one, batch));
  const left = Math.max(0, ...widths.map((one) => one.left));
  const isStacked = (size: number) => set.length < filled.length || left * size > LEFT * room;
  const stacked = isStacked(SIZES.least);
  const lines = (size: number) =>
    widths.reduce((sum, { chunks }) => sum + linesOf(chunks, room / size - (stacked ? 0 : left)), 0);
  const most = stacked ? SIZES.stacked : SIZES.most;
  let size = SIZES.least;
  while (size < most && isStacked(size + 1) === stacked && lines(size + 1) <= lines(SIZES.least)) size += 1;
  return { size, left: stacked ? null : left };
}

/** The number of lines of the right side, in a given width in em. */
function linesOf(chunks: readonly (readonly number[])[], room: number): number {
  let [lines, used] = [1, 0];
  for (const chunk of chunks) {
    const whole = chunk.reduce((sum, part) => sum + part, 0);
    if (used > 0 && used + whole > room) [lines, used] = [lines + 1, 0];
    if (whole <= room) used += whole;
    else {
      for (const part of chunk) {
        if (used > RELATION && used + part > room) [lines, used] = [lines + 1, RELATION];
        used += part;
      }
    }
  }
  return lines;
}

function widthsOf({ parts }: Equation, batch: boolean): Widths {
  const [result, ...chunks] = chunksOf(parts);
  const width = (place: number) => widthIn(parts[place] as Part, batch);
  return {
    left: (result?.places ?? []).reduce((sum, place) => sum + width(place), 0),
    chunks: chunks.map(({ places }) => [RELATION, ...places.map(width)]),
  };
}

function widthIn(part: Part, batch: boolean): number {
  if (part.kind === 'loss') return LOSS;
  if (part.kind === 'sign') return widthOf(part.math) * SIGN + BETWEEN;
  return matrixWidth(part.matrix, batch) + BETWEEN;
}

function matrixWidth(matrix: Matrix, batch: boolean): number {
  const columns = columnRooms(matrix).reduce((sum, { lead, tail }) => sum + (lead + tail) * FIGURE + AROUND, 0);
  return columns + BRACKETS + (batch && matrix.samples === 'rows' ? SAMPLES : 0);
}

/** Numbers of a column are aligned at their decimal points, and the column keeps its width while they appear. */

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
