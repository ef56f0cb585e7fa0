/**
 * The columns of the picture, from left to right: the input, each layer's output, the probabilities of the loss, the
 * target. A column has a slice for each channel.
 */

import type { LayerTrace, Trace } from '../api/types';
import { entryAt, hasProbabilities, hasTargets, shapeOf, type Tensor, tensorAt, unravel } from './lookup';
import { gradientOf } from './refs';

/** A matrix of numbers of a tensor: its last two axes, or a vector as one column. */
export interface Slice {
  /** The tensor's ref without its index, as a value: `conv_1.output`. */
  tensor: string;
  /** The index before those axes: the sample, and the channel if there are any. */
  prefix: readonly number[];
  rows: number;
  columns: number;
  vector: boolean;
  /** The number of values of the sample before it. */
  first: number;
}

export interface Column {
  id: string;
  kind: 'input' | 'layer' | 'probability' | 'target';
  layer: LayerTrace | null;
  tensor: string;
  /** The shape of one sample. */
  shape: number[];
  slices: Slice[];
  /** The shape of its filters, or null if it has none. */
  filters: number[] | null;
}

/** Which numbers are shown: the values of the forward pass, or the gradients. */
export type Face = 'value' | 'gradient';

export function columnsOf(trace: Trace): Column[] {
  const { sample } = trace;
  const input = columnOf(trace, 'input', null, 'x', sample);
  const layers = trace.layers.map((layer) => columnOf(trace, 'layer', layer, `${layer.name}.output`, sample));
  const probabilities = hasProbabilities(trace) ? [columnOf(trace, 'probability', null, 'loss.p', sample)] : [];
  return [input, ...layers, ...probabilities, ...goal(trace)];
}

/** The column of the loss, with the targets if it has any. */
function goal(trace: Trace): Column[] {
  if (hasTargets(trace)) return [columnOf(trace, 'target', null, 'y', trace.sample)];
  return [{ id: 'loss', kind: 'target', layer: null, tensor: 'y', shape: [], slices: [], filters: null }];
}

function columnOf(
  trace: Trace,
  kind: Column['kind'],
  layer: LayerTrace | null,
  tensor: string,
  sample: number,
): Column {
  const shape = shapeOf(tensorAt(trace, tensor)).slice(1);
  const filters = layer && filtersOf(trace, layer);
  return { id: layer?.name ?? tensor, kind, layer, tensor, shape, slices: slicesOf(tensor, [sample], shape), filters };
}

/** Filters have axes of filters, of channels and of their windows; other weights have no windows. */
export function filtersOf(trace: Trace, { name, window: seen }: LayerTrace): number[] | null {
  const shape = shapeOf(trace.tensors[`${name}.w`]);
  return seen && shape.length === seen.size.length + 2 ? shape : null;
}

/** All slices of a tensor at an index. */
export function slicesOf(tensor: string, prefix: readonly number[], shape: readonly number[]): Slice[] {
  const [rows, columns] = [shape.at(-2) ?? shape.at(-1) ?? 1, shape.length > 1 ? (shape.at(-1) ?? 1) : 1];
  const before = shape.slice(0, -2);
  const count = before.reduce((product, size) => product * size, 1);
  return Array.from({ length: count }, (_, place) => ({
    tensor,
    prefix: [...prefix, ...unravel(place, before)],
    rows,
    columns,
    vector: shape.length === 1,
    first: place * rows * columns,
  }));
}

export const keyOf = ({ tensor, prefix }: Pick<Slice, 'tensor' | 'prefix'>): string => `${tensor}[${prefix.join()}]`;

export function refAt({ tensor, prefix, vector }: Slice, row: number, column: number, derivative = ''): string {
  return `${tensor}${derivative}[${[...prefix, row, ...(vector ? [] : [column])].join()}]`;
}

/** The place of an index in a slice; null if it belongs to another slice. */
export function placeIn(slice: Slice, index: readonly number[]): [number, number] | null {
  const { prefix, vector } = slice;
  if (index.length !== prefix.length + (vector ? 1 : 2) || prefix.some((one, axis) => one !== index[axis])) return null;
  const [row = 0, column = 0] = index.slice(prefix.length);
  return [row, column];
}

/** The numbers of a slice, row by row; empty if the trace has no such tensor. */
export function valuesOf(
  trace: Trace,
  { tensor, prefix, vector }: Slice,
  derivative: '' | 'grad' | 'next',
): number[][] {
  const name = derivative === 'grad' ? gradientOf(tensor) : derivative === 'next' ? `${tensor}.next` : tensor;
  const entry = entryAt(tensorAt(trace, name), prefix) as Tensor[] | undefined;
  if (!entry) return [];
  return (vector ? entry.map((one) => [one]) : entry) as number[][];
}
