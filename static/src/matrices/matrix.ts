/**
 * A matrix of the page is a view of a tensor of the trace, as the service describes it. Nothing is copied and nothing
 * computed.
 */

import type { Operand } from '../api/questions';
import type { Trace } from '../api/types';
import type { Cells } from '../model/choices';
import type { Size } from '../model/geometry';
import { entryAt, type Tensor, tensorAt, unravel, zerosOf } from '../model/lookup';
import { type Range, rangeOf } from '../ui/heat';
import { matrixName, type Named } from './names';

export type Sizes = Readonly<Record<string, number>>;
export type Place = readonly [row: number, column: number];
type Index = readonly number[];
/** The value of each label at an entry: n the sample, k the output, … */
export type Counts = Readonly<Record<string, number>>;

export interface Matrix extends Pick<Operand, 'tensor' | 'axes'>, Named {
  rows: number;
  columns: number;
  /** The labels of the rows and the columns, the last running fastest, and their sizes. */
  labels: { rows: string; columns: string };
  sizes: Sizes;
  /** The axis of the samples of the batch, if any. */
  samples: 'rows' | 'columns' | null;
  /** Its first sample; the only one, if samples are neither rows nor columns. */
  first: number;
  /** Whether it has a row or a column for each place of images or windows. */
  images: boolean;
  whole: Tensor;
  /** The windows over its numbers, and which number each of them selected. */
  windows: Windows | null;
  /** The refs of zeros by rounding. */
  rounding: ReadonlySet<string>;
  /** The index of an entry in its tensor; `null` in the padding of images. */
  at: (row: number, column: number) => Index | null;
}

interface Windows {
  layer: string;
  of: 'output' | 'input_gradient';
  tables: readonly (readonly (readonly (number | null)[])[])[];
  chosen: Tensor | null;
}

const sizeOf = (labels: string, sizes: Sizes): number =>
  [...labels].reduce((size, label) => size * (sizes[label] ?? 1), 1);

export function matrixOf(trace: Trace, operand: Operand, sizes: Sizes): Matrix {
  const { tensor, axes, rows, columns, transposed = false } = operand;
  const single = !(rows + columns).includes('n');
  const windows = windowsOf(trace, operand);
  // A row or, transposed, a column of one sample.
  const alone = single && axes.includes('n') ? (rows === '' ? 'rows' : columns === '' ? 'columns' : null) : null;
  return {
    tensor,
    axes,
    name: matrixName(trace, tensor),
    transposed,
    form: windows ? 'windows' : operand.turned ? 'turned' : 'plain',
    rows: sizeOf(rows, sizes),
    columns: sizeOf(columns, sizes),
    labels: { rows, columns },
    sizes,
    samples: rows === 'n' ? 'rows' : columns === 'n' ? 'columns' : axes.length === 2 ? alone : null,
    first: single ? trace.sample : 0,
    images: axes.length > 2 || axes.some((labels) => labels.length > 1) || (columns === '' && !transposed),
    whole: tensorAt(trace, tensor) ?? [],
    windows,
    rounding: zerosOf(trace),
    at: readerOf(operand, sizes, trace.sample, windows?.tables ?? null),
  };
}

function windowsOf({ layers }: Trace, { windows }: Operand): Windows | null {
  const unrolled = windows && layers.find(({ name }) => name === windows.layer)?.unrolled;
  if (!windows || !unrolled) return null;
  const { rows, columns } = unrolled[windows.of];
  // A sequence has no rows.
  return {
    ...windows,
    tables: rows.length > 0 ? [rows, columns] : [columns],
    chosen: unrolled.chosen as Tensor | null,
  };
}

/** The value of each label at an entry. */
function countersOf({ rows, columns }: Pick<Operand, 'rows' | 'columns'>, sizes: Sizes, sample: number) {
  const along = (labels: string, place: number) => (label: string) => {
    const after = labels.slice(labels.indexOf(label) + 1);
    const [stride, size] = [sizeOf(after, sizes), sizes[label] ?? 1];
    return (at: Place) => Math.floor((at[place] ?? 0) / stride) % size;
  };
  const [down, across] = [along(rows, 0), along(columns, 1)];
  return (label: string): ((at: Place) => number) =>
    rows.includes(label) ? down(label) : columns.includes(label) ? across(label) : () => sample;
}

function readerOf(operand: Operand, sizes: Sizes, sample: number, tables: Windows['tables'] | null): Matrix['at'] {
  const counter = countersOf(operand, sizes, sample);
  const first = operand.axes.length - (tables?.length ?? 0);
  const readers = operand.axes.map((labels, axis) => {
    const counters = [...labels].map((label) => [counter(label), sizes[label] ?? 1] as const);
    const table = axis >= first ? tables?.[axis - first] : undefined;
    const [[place] = [() => 0], within] = counters;
    if (table) return (at: Place) => table[place(at)]?.[within?.[0](at) ?? 0] ?? null;
    if (!within) return place;
    return (at: Place) => counters.reduce((sum, [count, own]) => sum * own + count(at), 0);
  });
  return (row, column) => {
    const index: number[] = [];
    for (const read of readers) {
      const place = read([row, column]);
      if (place === null) return null;
      index.push(place);
    }
    return index;
  };
}

/** `null` in the padding of images. */
export function refAt(matrix: Matrix, row: number, column: number): string | null {
  const index = matrix.at(row, column);
  return index && `${matrix.tensor}[${index.join()}]`;
}

/** The same for a place that may not exist. */
export function refsAt(matrix: Matrix, place: Place | null): string[] {
  const ref = place && refAt(matrix, place[0], place[1]);
  return ref ? [ref] : [];
}

/** 0 in the padding. */
export function valueIn({ whole, at }: Matrix, row: number, column: number): number {
  const index = at(row, column);
  const value = index && entryAt(whole, index);
  return index === null ? 0 : typeof value === 'number' ? value : Number.NaN;
}

/** The values of the labels of an entry's row and column. */
export function countsAt({ labels, sizes }: Matrix, [row, column]: Place): Counts {
  const of = (counted: string, place: number) =>
    unravel(
      place,
      [...counted].map((label) => sizes[label] ?? 1),
    ).map((count, at) => [counted[at], count]);
  return Object.fromEntries([...of(labels.rows, row), ...of(labels.columns, column)]);
}

/** The row, or the column, at which the labels have these values. */
export const placeAt = (labels: string, counts: Counts, sizes: Sizes): number =>
  [...labels].reduce((place, label) => place * (sizes[label] ?? 1) + (counts[label] ?? 0), 0);

/** The first place of a number in the matrix; `null` if it belongs to another one. */
export const placeIn = (matrix: Matrix, ref: string): Place | null => placesIn(matrix, ref)[0] ?? null;

/** All places: windows contain a number more than once. */
export function placesIn(matrix: Matrix, ref: string): Place[] {
  const { tensor, axes, labels, sizes, windows, first } = matrix;
  if (!ref.startsWith(`${tensor}[`)) return [];
  const index = ref.slice(tensor.length + 1, -1).split(',');
  // All values that the labels may have there, axis by axis.
  const found = axes.reduce<Counts[]>(
    (known, own, axis) => {
      const table = windows?.tables[axis - axes.length + windows.tables.length];
      const choices = countsOf(own, Number(index[axis]), sizes, table);
      return known.flatMap((counts) => choices.map((one) => ({ ...counts, ...one })));
    },
    [{}],
  );
  const rest = (counts: Counts) => (labels.rows + labels.columns).includes('n') || (counts.n ?? first) === first;
  return found
    .filter(rest)
    .map((counts) => [placeAt(labels.rows, counts, sizes), placeAt(labels.columns, counts, sizes)] as const);
}

function countsOf(labels: string, place: number, sizes: Sizes, table: Windows['tables'][number] | undefined): Counts[] {
  const [first = '', second = ''] = labels;
  if (table) {
    return table.flatMap((line, at) =>
      line.flatMap((one, tap) => (one === place ? [{ [first]: at, [second]: tap }] : [])),
    );
  }
  const lengths = [...labels].map((label) => sizes[label] ?? 1);
  if (place >= lengths.reduce((size, one) => size * one, 1)) return [];
  return [Object.fromEntries(unravel(place, lengths).map((count, at) => [labels[at], count]))];
}

/** Whether an entry is the selected number of its window, and the ref of the window's output. */
export interface Choice {
  by: string;
  chosen: boolean;
}

/** `null` unless the windows each select one of their numbers. */
export function choiceIn(matrix: Matrix, row: number, column: number): Choice | null {
  const { windows, axes, first, sizes } = matrix;
  if (!windows?.chosen) return null;
  const counts = countsAt(matrix, [row, column]);
  const [, channel = '', down = '', across = ''] = axes;
  const own = [first, ...[channel, down[0], across[0]].map((label) => counts[label ?? ''] ?? 0)];
  const output = windows.of === 'output' ? own : matrix.at(row, column);
  const found = output && entryAt(windows.chosen, output);
  const tap = (counts[down[1] ?? ''] ?? 0) * (sizes[across[1] ?? ''] ?? 1) + (counts[across[1] ?? ''] ?? 0);
  return typeof found === 'number' ? { by: `${windows.layer}.output[${output}]`, chosen: found === tap } : null;
}

const ranges = new WeakMap<object, Range>();

/** The colour scale of a matrix covers all its numbers, so that a colour keeps its meaning while others appear. */
export function rangeOfMatrix(matrix: Matrix): Range {
  const { whole, windows, axes, labels } = matrix;
  const all = !windows && [...axes.join('')].every((label) => (labels.rows + labels.columns).includes(label));
  // Computed once for each tensor, for all equations with it, and for its transpose.
  const key = all && typeof whole === 'object' ? whole : matrix;
  const range = ranges.get(key) ?? rangeOf(all ? numbersOf(whole) : entriesOf(matrix));
  ranges.set(key, range);
  return range;
}

function* numbersOf(tensor: Tensor): Iterable<number> {
  if (typeof tensor === 'number') yield tensor;
  else for (const one of tensor) yield* numbersOf(one);
}

function* entriesOf(matrix: Matrix): Iterable<number> {
  for (let row = 0; row < matrix.rows; row++) {
    for (let column = 0; column < matrix.columns; column++) yield valueIn(matrix, row, column);
  }
}

/** Which matrices are typeset with their numbers, and the cell size of the others. */

/** A matrix up to this size is typeset; a larger one is a heat map. */
export const SET = { rows: 16, columns: 8, entries: 96 };

export function isSet({ rows, columns }: { rows: number; columns: number }): boolean {
  return rows <= SET.rows && columns <= SET.columns && rows * columns <= SET.entries;
}

/** In CSS pixels. */
export const CELL: Readonly<Record<Cells, Size>> = {
  colours: { width: 14, height: 14 },
  numbers: { width: 54, height: 22 },
};

/** A matrix with at most this many columns shows its numbers with either choice. */
const NARROW = 10;

export const cellOf = (columns: number, chosen: Cells): Size => CELL[columns <= NARROW ? 'numbers' : chosen];

/** The size of the heads, at the left and above. */
export const HEADS: Size = { width: 34, height: 20 };
/** The greatest visible height of a heat map. */
export const TALLEST = 320;
