/** A matrix of the page is a tensor of the trace, looked at as it is or transposed. Nothing is copied and nothing computed. */

import type { Trace } from '../api/types';
import { shapeOf, tensorAt } from '../lookup';
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
  values: readonly (readonly number[])[];
}

export type Place = readonly [row: number, column: number];

/** `null` where the tensor has more axes than a page, as images have, or is not there. */
export function matrixOf(trace: Trace, ref: string, transposed = false): Matrix | null {
  const names = trace.layers.map(({ name }) => name);
  const tensor = canonical(names, ref);
  const found = tensorAt(trace, tensor);
  const shape = shapeOf(found);
  const vector = shape.length === 1;
  if (shape.length !== 2 && !vector) return null;
  const [rows = 1, columns = 1] = vector ? [1, shape[0]] : transposed ? shape.toReversed() : shape;
  const values = (vector ? [found] : found) as number[][];
  const samples = isOfSamples(tensor) ? (transposed ? 'columns' : 'rows') : null;
  return { tensor, name: matrixName(trace, tensor, vector), transposed, vector, rows, columns, samples, values };
}

/** Parameters are the same for every sample; all else has a row for each. */
function isOfSamples(tensor: string): boolean {
  const ref = parseRef(tensor);
  return ref?.part === 'output' || ref?.part === null;
}

export function refAt({ tensor, transposed, vector }: Matrix, row: number, column: number): string {
  if (vector) return `${tensor}[${column}]`;
  return transposed ? `${tensor}[${column},${row}]` : `${tensor}[${row},${column}]`;
}

export function valueIn({ values, transposed }: Matrix, row: number, column: number): number {
  return (transposed ? values[column]?.[row] : values[row]?.[column]) ?? Number.NaN;
}

/** Where a number stands in the matrix; `null` where it is of another one. */
export function placeIn({ tensor, transposed, vector }: Matrix, ref: string): Place | null {
  if (!ref.startsWith(`${tensor}[`)) return null;
  const index = ref
    .slice(tensor.length + 1, -1)
    .split(',')
    .map(Number);
  const [first = 0, second = 0] = index;
  if (vector) return [0, first];
  return transposed ? [second, first] : [first, second];
}

/** Which unit of its layer an entry belongs to: a step computes all of a unit at once. */
export const unitOf = ({ transposed }: Matrix, row: number, column: number): number => (transposed ? row : column);
