/**
 * Layers on images as matrices: a row for each place, a column for each channel or filter; and a convolution as the product of what
 * its windows see ("im2col") and its filters. Where the windows lie the service tells; every number is copied from the trace.
 */

import type { LayerTrace, Trace } from '../api/types';
import { entryAt, shapeOf, shapesOf, tensorAt, zerosOf } from '../lookup';
import { canonical } from '../refs';
import type { Matrix } from './matrix';
import { matrixName } from './names';

type Index = readonly number[];

/** Whether an entry is the one that its window's output is, and the ref of that output. */
export interface Choice {
  by: string;
  chosen: boolean;
}

/** How a matrix stands in its tensor, where it is of images. */
export interface Cells {
  /** `null` in the padding, where it is 0. */
  at: (row: number, column: number) => Index | null;
  /** `windows`: each number as often as windows see it; `turned`: filters by what they give back to. */
  form: 'plain' | 'windows' | 'turned' | 'share';
  /** Of windows that each keep one number. */
  choice?: (row: number, column: number) => Choice | null;
}

export interface Layout {
  rows: number;
  columns: number;
  at: Cells['at'];
  form?: Cells['form'];
  choice?: Cells['choice'];
  samples?: Matrix['samples'];
  transposed?: boolean;
}

/** A larger matrix is no help to anyone. */
export const MOST = 200_000;

export type Places = NonNullable<LayerTrace['unrolled']>['output'];

export interface Convolution {
  windows: Matrix;
  windowsTurned: Matrix;
  output: Matrix;
  gradient: Matrix;
  gradientWindows: Matrix;
  passed: Matrix;
  turned: Matrix;
  filters: (ref: string) => Matrix;
}

/** All matrices of a convolution, or of its transpose; `null` where it is neither, or too large. */
export function convolutionOf(trace: Trace, layer: LayerTrace): Convolution | null {
  const { name, unrolled } = layer;
  const w = trace.tensors[`${name}.w`];
  if (!unrolled || !w) return null;
  const { input, output } = shapesOf(trace, layer);
  const [channels = 1, height = 1, width = 1] = input;
  const [filters = 1, down = 1, across = 1] = output;
  const [tall = 1, wide = 1] = shapeOf(w).slice(2);
  const area = tall * wide;
  if (Math.max(down * across * channels, height * width * filters) * area > MOST) return null;
  // The transpose counts channels first.
  const order = (f: number, c: number): Index => (layer.axes.w?.units === 0 ? [f, c] : [c, f]);
  const tap = (number: number) => {
    const within = number % area;
    return [Math.floor(number / area), Math.floor(within / wide), within % wide] as const;
  };
  const n = trace.sample;
  const seen =
    ({ rows, columns }: Places) =>
    (place: number, number: number): Index | null => {
      const [c, i, j] = tap(number);
      const row = rows[Math.floor(place / columns.length)]?.[i] ?? null;
      const column = columns[place % columns.length]?.[j] ?? null;
      return row === null || column === null ? null : [n, c, row, column];
    };
  const make = (ref: string, layout: Layout) => matrixAt(trace, ref, layout);
  const windows = {
    rows: down * across,
    columns: channels * area,
    at: seen(unrolled.output),
    form: 'windows',
  } as const;
  const pixels = (ref: string, count: number) => make(ref, pixelsOf(trace, ref, count));
  return {
    windows: make(`${name}.input`, windows),
    windowsTurned: make(`${name}.input`, { ...windows, transposed: true }),
    output: pixels(`${name}.output`, filters),
    gradient: pixels(`${name}.output.grad`, filters),
    gradientWindows: make(`${name}.output.grad`, {
      rows: height * width,
      columns: filters * area,
      at: seen(unrolled.input_gradient),
      form: 'windows',
    }),
    passed: pixels(`${name}.input.grad`, channels),
    turned: make(`${name}.w`, {
      rows: filters * area,
      columns: channels,
      form: 'turned',
      at: (number, c) => {
        const [f, i, j] = tap(number);
        return [...order(f, c), i, j];
      },
    }),
    filters: (ref) =>
      make(ref, {
        rows: channels * area,
        columns: filters,
        at: (number, f) => {
          const [c, i, j] = tap(number);
          return [...order(f, c), i, j];
        },
      }),
  };
}

/** Images with a row for each place and a column for each channel, of the sample shown; `null` for what is no image. */
export function imagesOf(trace: Trace, ref: string): Matrix | null {
  const shape = shapeOf(tensorAt(trace, ref));
  if (shape.length !== 4 || shape.slice(1).reduce((size, one) => size * one, 1) > MOST) return null;
  return matrixAt(trace, ref, pixelsOf(trace, ref, shape[1] ?? 1));
}

/** A parameter with a number for each place of an image, in the same way. */
export function channelsOf(trace: Trace, ref: string): Matrix | null {
  const shape = shapeOf(tensorAt(trace, ref));
  const [channels = 1, down = 1, across = 1] = shape;
  if (shape.length !== 3) return null;
  const at = (place: number, c: number): Index => [c, Math.floor(place / across), place % across];
  return matrixAt(trace, ref, { rows: down * across, columns: channels, at });
}

function pixelsOf(trace: Trace, ref: string, columns: number): Layout {
  const [, , down = 1, across = 1] = shapeOf(tensorAt(trace, ref));
  const at = (place: number, c: number): Index => [trace.sample, c, Math.floor(place / across), place % across];
  return { rows: down * across, columns, at };
}

/** A matrix whose entries stand in a tensor as the layout tells. */
export function matrixAt(
  trace: Trace,
  ref: string,
  { rows, columns, at, form = 'plain', transposed = false, choice, samples = null }: Layout,
): Matrix {
  const tensor = canonical(trace.layers, ref);
  const whole = tensorAt(trace, tensor);
  const values = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      const index = at(row, column);
      const value = index && entryAt(whole, index);
      return index === null ? 0 : typeof value === 'number' ? value : Number.NaN;
    }),
  );
  return {
    tensor,
    name: matrixName(trace, tensor, false),
    transposed,
    vector: false,
    rows: transposed ? columns : rows,
    columns: transposed ? rows : columns,
    samples,
    first: samples && trace.sampled.length === 0 ? 0 : trace.sample,
    values,
    rounding: zerosOf(trace),
    cells: { at, form, ...(choice && { choice }) },
  };
}
