/** A matrix of the page is a tensor of the trace, looked at as it is or transposed. Nothing is copied and nothing computed. */

import type { Trace } from '../api/types';
import { type Range, rangeOf } from '../heat/range';
import { shapeOf, type Tensor, tensorAt, zerosOf } from '../lookup';
import { canonical, parseRef } from '../refs';
import type { Cells } from './images';
import { matrixName } from './names';

export interface Matrix {
  /** The ref of the whole tensor, without an index: `fc_1.w.grad`. */
  tensor: string;
  /** With a capital where it is one: `H^(1)`, `∂ℓ/∂w^(1)`. */
  name: string;
  transposed: boolean;
  /** One axis only: it stands as a row. */
  vector: boolean;
  rows: number;
  columns: number;
  /** The axis along which the samples of the batch stand, if any. */
  samples: 'rows' | 'columns' | null;
  /** The first of the samples that it has: of a large batch, the only one. */
  first: number;
  values: readonly (readonly number[])[];
  /** The refs of zeros by rounding. */
  rounding: ReadonlySet<string>;
  /** `null` where rows and columns are the tensor's own. */
  cells: Cells | null;
}

export type Place = readonly [row: number, column: number];

/** `null` where the tensor has more axes than a page, as images have, or is not there. */
export function matrixOf(trace: Trace, ref: string, transposed = false): Matrix | null {
  const tensor = canonical(trace.layers, ref);
  const samples = isOfSamples(tensor) ? (transposed ? 'columns' : 'rows') : null;
  const first = samples && trace.sampled.length > 0 ? trace.sample : 0;
  const whole = tensorAt(trace, tensor);
  const found = samples && trace.sampled.length > 0 ? [(whole as readonly Tensor[])[first] ?? []] : whole;
  const shape = shapeOf(found);
  const vector = shape.length === 1;
  if (shape.length !== 2 && !vector) return null;
  const [rows = 1, columns = 1] = vector ? [1, shape[0]] : transposed ? shape.toReversed() : shape;
  const values = (vector ? [found] : found) as number[][];
  const name = matrixName(trace, tensor, vector);
  return {
    tensor,
    name,
    transposed,
    vector,
    rows,
    columns,
    samples,
    first,
    values,
    rounding: zerosOf(trace),
    cells: null,
  };
}

/** What a layer makes for each sample, beside its output. */
const MADE: ReadonlySet<string | null | undefined> = new Set(['mask', 'normalized']);

/** Parameters are the same for every sample; all else has a row for each. */
function isOfSamples(tensor: string): boolean {
  const ref = parseRef(tensor);
  return ref?.part === 'output' || ref?.part === null || ref?.name === 'loss' || MADE.has(ref?.part);
}

/** `null` in the padding of images. */
export function refAt(matrix: Matrix, row: number, column: number): string | null {
  const index = indexAt(matrix, row, column);
  return index && `${matrix.tensor}[${index.join()}]`;
}

/** Where in its tensor an entry stands; `null` in the padding of images. */
export function indexAt(
  { transposed, vector, first, cells }: Matrix,
  row: number,
  column: number,
): readonly number[] | null {
  if (cells) return transposed ? cells.at(column, row) : cells.at(row, column);
  if (vector) return [column];
  return transposed ? [first + column, row] : [first + row, column];
}

/** The same of a place that there may be none of. */
export function refsAt(matrix: Matrix, place: Place | null): string[] {
  const ref = place && refAt(matrix, place[0], place[1]);
  return ref ? [ref] : [];
}

export function valueIn({ values, transposed }: Matrix, row: number, column: number): number {
  return (transposed ? values[column]?.[row] : values[row]?.[column]) ?? Number.NaN;
}

/** The first place where a number stands in the matrix; `null` where it is of another one. */
export const placeIn = (matrix: Matrix, ref: string): Place | null => placesIn(matrix, ref)[0] ?? null;

/** All of them: what windows see stands there more than once. */
export function placesIn(matrix: Matrix, ref: string): Place[] {
  const { tensor, rows, columns, cells } = matrix;
  if (!ref.startsWith(`${tensor}[`)) return [];
  if (!cells) {
    const place = ownPlace(matrix, ref);
    return place ? [place] : [];
  }
  const found: Place[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) if (refAt(matrix, row, column) === ref) found.push([row, column]);
  }
  return found;
}

function ownPlace({ tensor, transposed, vector, first, rows, columns }: Matrix, ref: string): Place | null {
  const index = ref
    .slice(tensor.length + 1, -1)
    .split(',')
    .map(Number);
  const [outer = 0, inner = 0] = index;
  if (vector) return [0, outer];
  const place = outer - first;
  if (place < 0 || place >= (transposed ? columns : rows)) return null;
  return transposed ? [inner, place] : [place, inner];
}

/** The scale of a matrix's colours is that of all its numbers, so that a colour keeps its meaning while others appear. */
const kept = new WeakMap<object, Range>();

/** Worked out once for each tensor, whichever equations it stands in, and found again as its transpose. */
export function rangeOfMatrix(values: readonly (readonly number[])[]): Range {
  const key = values.length === 1 ? (values[0] ?? values) : values;
  const range = kept.get(key) ?? rangeOf(entries(values));
  kept.set(key, range);
  return range;
}

function* entries(values: readonly (readonly number[])[]): Iterable<number> {
  for (const row of values) yield* row;
}
