/** A matrix of the page is a tensor of the trace, looked at as it is or transposed. Nothing is copied and nothing computed. */

import type { Trace } from '../api/types';
import { shapeOf, type Tensor, tensorAt } from '../lookup';
import { canonical, parseRef } from '../refs';
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
}

export type Place = readonly [row: number, column: number];

/** `null` where the tensor has more axes than a page, as images have, or is not there. */
export function matrixOf(trace: Trace, ref: string, transposed = false): Matrix | null {
  const names = trace.layers.map(({ name }) => name);
  const tensor = canonical(names, ref);
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
  return { tensor, name, transposed, vector, rows, columns, samples, first, values };
}

/** Parameters are the same for every sample; all else has a row for each. */
function isOfSamples(tensor: string): boolean {
  const ref = parseRef(tensor);
  return ref?.part === 'output' || ref?.part === null || ref?.name === 'loss';
}

export function refAt({ tensor, transposed, vector, first }: Matrix, row: number, column: number): string {
  if (vector) return `${tensor}[${column}]`;
  return transposed ? `${tensor}[${first + column},${row}]` : `${tensor}[${first + row},${column}]`;
}

export function valueIn({ values, transposed }: Matrix, row: number, column: number): number {
  return (transposed ? values[column]?.[row] : values[row]?.[column]) ?? Number.NaN;
}

/** Where a number stands in the matrix; `null` where it is of another one. */
export function placeIn({ tensor, transposed, vector, first, rows, columns }: Matrix, ref: string): Place | null {
  if (!ref.startsWith(`${tensor}[`)) return null;
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

/** Which unit of its layer an entry belongs to: a step computes all of a unit at once. */
export const unitOf = ({ transposed }: Matrix, row: number, column: number): number => (transposed ? row : column);
