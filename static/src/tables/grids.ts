/** A map in rows and columns: of a large map only some are listed. */

import type { Trace } from '../api/types';
import { ROW, shownOf } from '../model/columns';
import { parseRef } from '../model/refs';
import { keyOf, placeIn, refAt, type Slice, valuesOf } from '../model/slices';
import { type Entry, entry, type Moment } from './rows';

export type Derivative = '' | 'grad' | 'next';

export interface GridRow {
  /** From 0; `null` for omitted rows. */
  row: number | null;
  current: boolean;
  /** `null` for omitted columns. */
  entries: readonly (GridEntry | null)[];
}

export interface GridEntry extends Entry {
  /** Whether the current step computes it. */
  now: boolean;
}

export interface Grid {
  key: string;
  slice: Slice;
  derivative: Derivative;
  /** From 0; `null` for omitted columns. */
  columns: readonly (number | null)[];
  rows: readonly GridRow[];
  cut: boolean;
}

export interface GridMoment extends Pick<Moment, 'known' | 'sum'> {
  /** Whether the current step computes a number. */
  computes: (ref: string) => boolean;
  /** The number that must be listed. */
  needed: string | null;
}

/** A map with at most this many rows or columns is listed completely. */
export const WHOLE = 16;

export function gridOf(trace: Trace, slice: Slice, derivative: Derivative, at: GridMoment): Grid {
  const [row, column] = placeOf(slice, at.needed) ?? [null, null];
  const rows = listed(slice.rows, row);
  const columns = listed(slice.columns, column);
  const values = valuesOf(trace, slice, derivative);
  const suffix = derivative && `.${derivative}`;
  return {
    key: keyOf(slice),
    slice,
    derivative,
    columns,
    rows: rows.map((r) => {
      if (r === null) return { row: null, current: false, entries: [] };
      const entries = columns.map((c) => {
        if (c === null) return null;
        const ref = refAt(slice, r, c, suffix);
        return { ...entry(ref, values[r]?.[c] ?? null, at), now: at.computes(ref) };
      });
      return { row: r, current: entries.some((one) => one?.now), entries };
    }),
    cut: rows.includes(null) || columns.includes(null),
  };
}

/** The position of a number, its value or a derivative, in a slice. */
export function placeOf(slice: Slice, ref: string | null): [number, number] | null {
  const parsed = ref === null ? null : parseRef(ref);
  if (!parsed || [parsed.name, parsed.part].filter(Boolean).join('.') !== slice.tensor) return null;
  return placeIn(slice, parsed.index);
}

function listed(count: number, needed: number | null): (number | null)[] {
  const { units, gaps } = shownOf(count, 0, needed, { whole: WHOLE, row: ROW });
  const all: [number, number | null][] = [
    ...units.map((unit): [number, number] => [unit, unit]),
    ...gaps.map(({ from }): [number, null] => [from, null]),
  ];
  return all.toSorted(([one], [other]) => one - other).map(([, unit]) => unit);
}
