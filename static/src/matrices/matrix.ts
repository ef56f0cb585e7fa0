/** A matrix of the page is a tensor of the trace, looked at as the service says that it stands. Nothing is copied and nothing computed. */

import type { Operand } from '../api/questions';
import type { Trace } from '../api/types';
import { entryAt, type Tensor, tensorAt, unravel, zerosOf } from '../model/lookup';
import { type Range, rangeOf } from '../ui/heat';
import { matrixName, type Named } from './names';

export type Sizes = Readonly<Record<string, number>>;
export type Place = readonly [row: number, column: number];
type Index = readonly number[];
/** What its labels count at an entry: n the sample, k the output, … */
export type Counts = Readonly<Record<string, number>>;

export interface Matrix extends Pick<Operand, 'tensor' | 'axes'>, Named {
  rows: number;
  columns: number;
  /** The labels that count the rows and the columns, the last running fastest, and how many each of them counts. */
  labels: { rows: string; columns: string };
  sizes: Sizes;
  /** The axis along which the samples of the batch stand, if any. */
  samples: 'rows' | 'columns' | null;
  /** The first of the samples that it has; the only one, where samples are neither rows nor columns. */
  first: number;
  /** Whether it has a row or a column for each place of images or windows. */
  images: boolean;
  whole: Tensor;
  /** Where the windows lie through which its numbers are seen, and which number each of them has chosen. */
  windows: Windows | null;
  /** The refs of zeros by rounding. */
  rounding: ReadonlySet<string>;
  /** Where in its tensor an entry stands; `null` in the padding of images. */
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
  // A row, or transposed a column, of one sample.
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

/** What each label counts at an entry. */
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

/** The same of a place that there may be none of. */
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

/** What the labels of its rows and columns count at an entry. */
export function countsAt({ labels, sizes }: Matrix, [row, column]: Place): Counts {
  const of = (counted: string, place: number) =>
    unravel(
      place,
      [...counted].map((label) => sizes[label] ?? 1),
    ).map((count, at) => [counted[at], count]);
  return Object.fromEntries([...of(labels.rows, row), ...of(labels.columns, column)]);
}

/** The row, or the column, at which labels count so much. */
export const placeAt = (labels: string, counts: Counts, sizes: Sizes): number =>
  [...labels].reduce((place, label) => place * (sizes[label] ?? 1) + (counts[label] ?? 0), 0);

/** The first place at which the matrix has a number; `null` where it is of another one. */
export const placeIn = (matrix: Matrix, ref: string): Place | null => placesIn(matrix, ref)[0] ?? null;

/** All of them: what windows see stands there more than once. */
export function placesIn(matrix: Matrix, ref: string): Place[] {
  const { tensor, axes, labels, sizes, windows, first } = matrix;
  if (!ref.startsWith(`${tensor}[`)) return [];
  const index = ref.slice(tensor.length + 1, -1).split(',');
  // All that the labels may count there, axis by axis.
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

/** Whether an entry is the one that its window's output is, and the ref of that output. */
export interface Choice {
  by: string;
  chosen: boolean;
}

/** `null` but in windows that each keep one of their numbers. */
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

const kept = new WeakMap<object, Range>();

/** The scale of a matrix's colours is that of all its numbers, so that a colour keeps its meaning while others appear. */
export function rangeOfMatrix(matrix: Matrix): Range {
  const { whole, windows, axes, labels } = matrix;
  const all = !windows && [...axes.join('')].every((label) => (labels.rows + labels.columns).includes(label));
  // Worked out once for each tensor, whichever equations have it, and found again as its transpose.
  const key = all && typeof whole === 'object' ? whole : matrix;
  const range = kept.get(key) ?? rangeOf(all ? numbersOf(whole) : entriesOf(matrix));
  kept.set(key, range);
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
