/**
 * The small matrices of the close-up. The computation of an output of a convolution or a pool: the window of each
 * channel with the filter over it, or the whole layer as one matrix product, with a row for each position of the window
 * and a column for each filter. The windows and all numbers come from the trace; padding is 0.
 */

import type { LayerTrace, Trace } from '../api/types';
import { hasParameter, shapeOf, shapesOf, tensorAt, valueAt } from '../model/lookup';
import { clipped } from '../model/product';
import { parseRef } from '../model/refs';
import { refAt, slicesOf, valuesOf } from '../model/slices';
import { fieldOf, indexOf, kernelPrefix, marksOf, onSequences, type Place, placeIn } from './links';

export interface Cell {
  /** `null` for padding. */
  ref: string | null;
  value: number;
  /** It is a window's maximum, the current cell, or one of the factors of that. */
  mark?: 'won' | 'own' | 'bright' | undefined;
}

/** Rows of entries; `null` marks omitted lines. */
export type Lines = (Cell | null)[][];

export interface Seen {
  channel: number;
  window: Lines;
  filter: Lines | null;
}

export interface Window {
  channels: number;
  seen: Seen[];
  bias: Cell | null;
}

export interface MatrixProduct {
  patches: Lines;
  filters: Lines;
  outputs: Lines;
  places: number;
  taps: number;
  count: number;
  /** `null` if the layer has no bias. */
  bias: Cell | null;
}

/** The most channels that are shown; further ones are only counted. */
const CHANNELS = 3;
/** The most lines of the matrices. */
const LINES = { places: 5, taps: 9, filters: 2 };
/** The most channels of a sequence, which are below each other. */
const SEQUENCE_CHANNELS = 6;

/** The most rows and columns. */
const AROUND_ROWS = 3;
const AROUND_COLUMNS = 7;

/** The window of an output; `null` if there is none. */
export function windowAt(trace: Trace, ref: string): Window | null {
  const found = convolved(trace, ref);
  const own = found && fieldOf(found.layer, 'forward', found.place);
  if (!found || !own) return null;
  const { layer, filter, place, depth, pixel, weight, bias } = found;
  if (onSequences(layer)) {
    const channels = clipped(depth, null, SEQUENCE_CHANNELS);
    const taps = own.columns.map((_, j) => j);
    const window = lines(channels, taps, (channel, j) => pixel(place, channel, 0, j));
    const filters = hasParameter(layer, 'w')
      ? lines(channels, taps, (channel, j) => weight(filter, channel, 0, j))
      : null;
    return { channels: 1, seen: [{ channel: 0, window, filter: filters }], bias };
  }
  const winner = marksOf(trace, ref).find(({ kind }) => kind === 'winner')?.box;
  const grid = (cell: (i: number, j: number) => Cell) =>
    own.rows.map((_, i) => own.columns.map((_, j): Cell => cell(i, j)));
  const won = (i: number, j: number) => own.rows[i] === winner?.top && own.columns[j] === winner?.left;
  const channels = layer.window?.across ? Array.from({ length: depth }, (_, channel) => channel) : [filter];
  return {
    channels: channels.length,
    seen: channels.slice(0, CHANNELS).map((channel) => ({
      channel,
      window: grid((i, j) => ({ ...pixel(place, channel, i, j), mark: won(i, j) ? 'won' : undefined })),
      filter: hasParameter(layer, 'w') ? grid((i, j) => weight(filter, channel, i, j)) : null,
    })),
    bias,
  };
}

/** The layer of an output as one product; `null` if it is not a convolution. */
export function productFor(trace: Trace, ref: string): MatrixProduct | null {
  const found = convolved(trace, ref);
  if (!found?.layer.axes.w) return null;
  const { layer, sample, filter, place, depth, pixel, weight, bias } = found;
  const [count = 1, ...counts] = shapesOf(trace, layer).output;
  const [down, across] = sidesOf(counts);
  const [tall, wide] = sidesOf(shapeOf(trace.tensors[`${layer.name}.w`]).slice(2));
  const area = tall * wide;
  const within = (tap: number) =>
    [Math.floor(tap / area), Math.floor((tap % area) / wide), (tap % area) % wide] as const;
  const placed = (number: number): Place => [Math.floor(number / across), number % across];
  const output = (number: number, f: number) =>
    numbered(trace, `${layer.output}[${[sample, f, ...indexOf(layer, placed(number))].join()}]`);
  const chosen = place[0] * across + place[1];
  const places = clipped(down * across, chosen, LINES.places);
  const taps = clipped(depth * area, null, LINES.taps);
  const filters = clipped(count, filter, LINES.filters);
  return {
    patches: lines(places, taps, (number, tap) => lit(pixel(placed(number), ...within(tap)), number === chosen)),
    filters: lines(taps, filters, (tap, f) => lit(weight(f, ...within(tap)), f === filter)),
    outputs: lines(places, filters, (number, f) => lit(output(number, f), number === chosen && f === filter)),
    places: down * across,
    taps: depth * area,
    count,
    bias,
  };
}

/** Rows and columns; a sequence has one row. */
const sidesOf = (counts: readonly number[]): Place =>
  counts.length > 1 ? [counts[0] ?? 1, counts[1] ?? 1] : [1, counts[0] ?? 1];

/**
 * The layer of an output, and its numbers. A transposed convolution has no window on its input: several of them
 * contribute to an output.
 */
function convolved(trace: Trace, ref: string) {
  const parsed = parseRef(ref);
  const layer = trace.layers.find(({ name }) => name === parsed?.name);
  if (parsed?.part !== 'output' || parsed.derivative || !layer?.window || layer.window.transposed) return null;
  const [sample = 0, filter = 0, ...at] = parsed.index;
  return {
    layer,
    sample,
    filter,
    place: placeIn(at),
    depth: shapesOf(trace, layer).input[0] ?? 1,
    pixel: (place: Place, channel: number, i: number, j: number) =>
      pixelAt(trace, layer, [sample, channel], place, [i, j]),
    weight: (f: number, channel: number, i: number, j: number) =>
      numbered(trace, `${layer.name}.w[${[...kernelPrefix(layer, f, channel), ...indexOf(layer, [i, j])].join()}]`),
    bias: hasParameter(layer, 'b') ? numbered(trace, `${layer.name}.b[${filter}]`) : null,
  };
}

/** The input at place i, j of the window of an output. */
function pixelAt(trace: Trace, layer: LayerTrace, before: readonly number[], place: Place, [i, j]: Place): Cell {
  const field = fieldOf(layer, 'forward', place);
  const [row, column] = [field?.rows[i] ?? null, field?.columns[j] ?? null];
  if (row === null || column === null) return { ref: null, value: 0 };
  return numbered(trace, `${layer.inputs[0]}[${[...before, ...indexOf(layer, [row, column])].join()}]`);
}

const numbered = (trace: Trace, ref: string): Cell => ({ ref, value: valueAt(trace, ref) ?? Number.NaN });

const lit = (cell: Cell, bright: boolean): Cell => ({ ...cell, mark: bright ? 'bright' : undefined });

const lines = (
  rows: readonly (number | null)[],
  columns: readonly (number | null)[],
  entry: (row: number, column: number) => Cell,
): Lines => rows.map((row) => columns.map((column) => (row === null || column === null ? null : entry(row, column))));

/** The neighbours of a number in its map, in their places: in a vector, those before and after it. */
export function around(trace: Trace, ref: string): Cell[][] | null {
  const own = marksOf(trace, ref).find(({ kind }) => kind === 'own');
  if (!own) return null;
  const { tensor, prefix, box } = own;
  const [slice] = slicesOf(tensor, prefix, shapeOf(tensorAt(trace, tensor)).slice(prefix.length));
  if (!slice) return null;
  const derivative = parseRef(ref)?.derivative ?? '';
  const values = valuesOf(trace, slice, derivative);
  const cell = (row: number, column: number): Cell => ({
    ref: refAt(slice, row, column, derivative && `.${derivative}`),
    value: values[row]?.[column] ?? Number.NaN,
    mark: row === box.top && column === box.left ? 'own' : undefined,
  });
  // A vector is shown as a row, which needs less space.
  if (slice.vector) return [near(box.top, slice.rows, AROUND_COLUMNS).map((row) => cell(row, 0))];
  const columns = near(box.left, slice.columns, AROUND_COLUMNS);
  return near(box.top, slice.rows, AROUND_ROWS).map((row) => columns.map((column) => cell(row, column)));
}

/** Consecutive places that contain this one, in the middle if possible. */
function near(place: number, count: number, most: number): number[] {
  const first = Math.max(0, Math.min(place - Math.floor(most / 2), count - most));
  return Array.from({ length: Math.min(most, count) }, (_, offset) => first + offset);
}
