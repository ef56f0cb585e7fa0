/**
 * A convolution as one product of matrices: a row for each place of the window with what it sees there, a column for each filter with
 * its weights. What a window sees, and every number, is the trace's; what lies in the padding is 0.
 */

import type { LayerTrace, Trace } from '../api/types';
import { clipped } from '../inspector/matrix';
import { entryAt, shapeOf } from '../lookup';
import { canonical } from '../refs';

export interface Entry {
  /** `null` for padding. */
  ref: string | null;
  value: number;
  lit: boolean;
}

/** Rows of entries; `null` stands for lines that are left out. */
export type Lines = (Entry | null)[][];

export interface MatrixProduct {
  patches: Lines;
  filters: Lines;
  outputs: Lines;
  places: number;
  taps: number;
  count: number;
  /** `null` where the layer has none. */
  bias: { ref: string; value: number } | null;
}

/** How many lines are shown of each. */
const PLACES = 5;
const TAPS = 9;
const FILTERS = 2;

/** `index` is that of the chosen output: sample, filter, row, column. */
export function productFor(trace: Trace, layer: LayerTrace, index: readonly number[]): MatrixProduct | null {
  const seen = layer.unrolled?.output;
  if (!seen || layer.type !== 'Conv2D') return null;
  const [sample = 0, filter = 0, row = 0, column = 0] = index;
  const [channels = 1] = shapeOf(layer.input).slice(1);
  const [count = 1, down = 1, across = 1] = shapeOf(layer.output).slice(1);
  const [tall = 1, wide = 1] = shapeOf(layer.parameters.w?.value).slice(2);
  const area = tall * wide;
  const tapAt = (tap: number) => {
    const within = tap % area;
    return [Math.floor(tap / area), Math.floor(within / wide), within % wide] as const;
  };
  const patch = (place: number, tap: number): Omit<Entry, 'lit'> => {
    const [c, i, j] = tapAt(tap);
    const r = seen.rows[Math.floor(place / across)]?.[i] ?? null;
    const s = seen.columns[place % across]?.[j] ?? null;
    if (r === null || s === null) return { ref: null, value: 0 };
    const at = [sample, c, r, s];
    return { ref: canonical(trace.layers, `${layer.name}.input[${at.join()}]`), value: numberAt(layer.input, at) };
  };
  const weight = (tap: number, f: number): Omit<Entry, 'lit'> => {
    const at = [f, ...tapAt(tap)];
    return { ref: `${layer.name}.w[${at.join()}]`, value: numberAt(layer.parameters.w?.value, at) };
  };
  const output = (place: number, f: number): Omit<Entry, 'lit'> => {
    const at = [sample, f, Math.floor(place / across), place % across];
    return { ref: `${layer.name}.output[${at.join()}]`, value: numberAt(layer.output, at) };
  };
  const chosen = row * across + column;
  const places = clipped(down * across, chosen, PLACES);
  const taps = clipped(channels * area, null, TAPS);
  const filters = clipped(count, filter, FILTERS);
  return {
    patches: lines(places, taps, patch, (place) => place === chosen),
    filters: lines(taps, filters, weight, (_, f) => f === filter),
    outputs: lines(places, filters, output, (place, f) => place === chosen && f === filter),
    places: down * across,
    taps: channels * area,
    count,
    bias: layer.parameters.b
      ? { ref: `${layer.name}.b[${filter}]`, value: numberAt(layer.parameters.b.value, [filter]) }
      : null,
  };
}

function lines(
  rows: readonly (number | null)[],
  columns: readonly (number | null)[],
  entry: (row: number, column: number) => Omit<Entry, 'lit'>,
  lit: (row: number, column: number) => boolean,
): Lines {
  return rows.map((row) =>
    columns.map((column) =>
      row === null || column === null ? null : { ...entry(row, column), lit: lit(row, column) },
    ),
  );
}

function numberAt(tensor: unknown, index: readonly number[]): number {
  const entry = entryAt(tensor as never, index);
  return typeof entry === 'number' ? entry : Number.NaN;
}
