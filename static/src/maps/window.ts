/** What one output of a convolution or a pool sees, as small matrices: the window of each channel, and the filter over it. */

import type { Trace } from '../api/types';
import { hasParameter, shapeOf, shapesOf, tensorAt, valueAt } from '../lookup';
import { parseRef } from '../refs';
import { marksOf } from './links';
import { windowsOf } from './receptive';
import { refAt, slicesOf, valuesOf } from './slices';

export interface WindowCell {
  /** `null` for padding. */
  ref: string | null;
  value: number;
  /** Whether a maximum took it. */
  won: boolean;
}

interface Seen {
  channel: number;
  window: WindowCell[][];
  filter: WindowCell[][] | null;
}

interface Window {
  channels: number;
  seen: Seen[];
  bias: WindowCell | null;
}

/** More channels than this are only counted. */
const MOST = 3;

export function windowAt(trace: Trace, ref: string): Window | null {
  const parsed = parseRef(ref);
  const layer = trace.layers.find(({ name }) => name === parsed?.name);
  if (parsed?.part !== 'output' || parsed.derivative || !layer) return null;
  const windows = windowsOf(layer);
  // A transposed convolution has no window on its input: what paints at a place comes from several.
  if (!windows || windows.transposed) return null;
  const [sample = 0, channel = 0, row = 0, column = 0] = parsed.index;
  const [depth = 1, height = 1, width = 1] = shapesOf(trace, layer).input;
  const numbered = (one: string) => ({ ref: one, value: valueAt(trace, one) ?? Number.NaN });
  const winner = marksOf(trace, ref).find(({ kind }) => kind === 'winner')?.box;
  const grid = (cell: (i: number, j: number) => WindowCell) =>
    Array.from({ length: windows.height }, (_, i) => Array.from({ length: windows.width }, (_, j) => cell(i, j)));
  const pixel = (c: number) => (i: number, j: number) => {
    const r = row * windows.stride - windows.padding + i * windows.dilation;
    const s = column * windows.stride - windows.padding + j * windows.dilation;
    if (r < 0 || s < 0 || r >= height || s >= width) return { ref: null, value: 0, won: false };
    return {
      ...numbered(`${layer.inputs[0]}[${[sample, c, r, s].join()}]`),
      won: winner !== undefined && winner.top === r && winner.left === s,
    };
  };
  const weight = (c: number) => (i: number, j: number) => parameter('w', [channel, c, i, j]);
  const parameter = (part: string, at: readonly number[]) => ({
    ...numbered(`${layer.name}.${part}[${at.join()}]`),
    won: false,
  });
  const channels = windows.across ? Array.from({ length: depth }, (_, c) => c) : [channel];
  return {
    channels: channels.length,
    seen: channels.slice(0, MOST).map((c) => ({
      channel: c,
      window: grid(pixel(c)),
      filter: hasParameter(layer, 'w') ? grid(weight(c)) : null,
    })),
    bias: hasParameter(layer, 'b') ? parameter('b', [channel]) : null,
  };
}

/** A few numbers about one of a map, as they stand there: of a vector, those before and after it. */

export interface Neighbour {
  ref: string;
  value: number;
  /** Whether it is the one that is looked at. */
  own: boolean;
}

/** How many rows and columns there are at the most. */
const AROUND_ROWS = 3;
const AROUND_COLUMNS = 7;

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
  if (slice.vector) return [near(box.top, slice.rows, AROUND_COLUMNS).map((row) => cell(row, 0))];
  const columns = near(box.left, slice.columns, AROUND_COLUMNS);
  return near(box.top, slice.rows, AROUND_ROWS).map((row) => columns.map((column) => cell(row, column)));
}

/** So many places in a row with this one among them, in the middle where that can be. */
function near(place: number, count: number, most: number): number[] {
  const first = Math.max(0, Math.min(place - Math.floor(most / 2), count - most));
  return Array.from({ length: Math.min(most, count) }, (_, offset) => first + offset);
}
