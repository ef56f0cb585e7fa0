/**
 * A convolution as one product of matrices: a row for each place of the window with what it sees there, a column for each filter with
 * its weights. What a window sees, and every number, is the trace's; what lies in the padding is 0.
 */

import type { LayerTrace, Trace } from '../api/types';
import { clipped } from '../inspector/matrix';
import { hasParameter, shapeOf, shapesOf, valueAt } from '../lookup';

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
  if (!seen || !layer.axes.w || layer.window?.transposed) return null;
  const [sample = 0, filter = 0, row = 0, column = 0] = index;
  const {
    input: [channels = 1],
    output: [count = 1, down = 1, across = 1],
  } = shapesOf(trace, layer);
  const [tall = 1, wide = 1] = shapeOf(trace.tensors[`${layer.name}.w`]).slice(2);
  const numbered = (ref: string) => ({ ref, value: valueAt(trace, ref) ?? Number.NaN });
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
    return numbered(`${layer.inputs[0]}[${[sample, c, r, s].join()}]`);
  };
  const weight = (tap: number, f: number): Omit<Entry, 'lit'> => {
    return numbered(`${layer.name}.w[${[f, ...tapAt(tap)].join()}]`);
  };
  const output = (place: number, f: number): Omit<Entry, 'lit'> => {
    const at = [sample, f, Math.floor(place / across), place % across];
    return numbered(`${layer.output}[${at.join()}]`);
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
    bias: hasParameter(layer, 'b') ? numbered(`${layer.name}.b[${filter}]`) : null,
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
