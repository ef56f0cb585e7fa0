/** Everything that the maps are drawn from, computed once for each change of its inputs. */

import { computed, signal } from '@preact/signals';
import type { Stage } from '../api/types';
import { LEGIBLE } from '../model/geometry';
import { leaves } from '../model/lookup';
import { makerOf } from '../model/results';
import { type Column, type Face, filtersOf, keyOf, refAt, type Slice, slicesOf, valuesOf } from '../model/slices';
import { areWritten, inCell, LEFT_OUT, TYPE } from '../numbers/format';
import { hover, selection } from '../state/attention';
import { isKnown } from '../state/known';
import { closeUpRef, columns, derivativeOf, opened, parameterDerivative, scale, zoom } from '../state/maps';
import { cursor, trace } from '../state/store';
import { runningSum } from '../state/telling';
import { fromAfar } from '../state/view';
import { type Range, rangeOf, together } from '../ui/heat';
import { type Placed, placed, type Size } from './layout';
import { type Mark, type MarkKind, marksOf } from './links';

/** The space on the screen for the columns, in CSS pixels, and the part of it that is left for their maps. */
export const frame = signal<Size>({ width: 680, height: 398 });
export const space = computed<Size>(() => ({
  width: frame.value.width - AROUND.width,
  height: Math.max(60, frame.value.height - AROUND.height[fromAfar.value ? 'afar' : 'usual']),
}));

/** The space beside a column's maps, and above and below them, for its caption, its scale, and margins. */
const AROUND = { width: 40, height: { usual: 98, afar: 126 } };

/** The type size of the numbers in cells. */
export const type = computed(() => (fromAfar.value ? LEGIBLE.lecture : TYPE));

export const layout = computed<Placed[]>(() =>
  placed(columns.value, { space: space.value, zoom: zoom.value, opened: opened.value, type: type.value }),
);

/** Whether every map shows all of its numbers; if one is too large for that, it is only a picture. */
export const complete = computed(() =>
  layout.value.every(({ cell, kernel, rows, column, shown }) => {
    const maps = shown.flatMap((slice) => (slice ? [numbersOf(slice).values.slice(0, rows)] : []));
    const weights = [...filters.value].filter(([key]) => key.startsWith(`${column.layer?.name}.w[`));
    return (
      maps.every((values) => haveRoom(values, cell)) &&
      (!kernel || weights.every(([, { values }]) => haveRoom(values, kernel)))
    );
  }),
);

function haveRoom(values: number[][], cell: Size): boolean {
  const all = values.flat();
  const isWritten = (value: number) => inCell(value, cell.width, type.value) !== LEFT_OUT;
  return areWritten(values, cell, type.value) && all.every(isWritten);
}

interface Numbers {
  values: number[][];
  derivative: '' | 'grad' | 'next';
}

/** Every map's numbers, by its key; the same arrays while trace and face are the same. */
const numbers = computed(() => {
  const current = trace.value;
  const found = new Map<string, Numbers>();
  if (!current) return found;
  for (const column of columns.value) {
    const derivative = derivativeOf(column);
    for (const slice of column.slices)
      found.set(keyOf(slice), { values: valuesOf(current, slice, derivative), derivative });
  }
  return found;
});

const NONE: Numbers = { values: [], derivative: '' };
export const numbersOf = (slice: Slice): Numbers => numbers.value.get(keyOf(slice)) ?? NONE;

const ownRanges = computed(() => {
  const numbersIn = ({ slices }: Column) => slices.flatMap((slice) => numbersOf(slice).values.flat());
  return new Map(columns.value.map((column) => [column.id, rangeOf(numbersIn(column))] as const));
});

const shared = computed(() => together([...ownRanges.value.values()]));

const NOTHING: Range = { low: 0, high: 0 };

/** The range of a column's colours: the same from the first step to the last. */
export const rangeFor = ({ id }: Column): Range =>
  (scale.value === 'layer' ? ownRanges.value.get(id) : shared.value) ?? NOTHING;

const knownRanges = computed(() => new Map(columns.value.map((column) => [column.id, knownRange(column)] as const)));

/** The shown range of the known numbers; null if none is known. */
export function shownRange({ id }: Column): Range | null {
  const own = knownRanges.value.get(id) ?? null;
  if (own === null || scale.value === 'layer') return own;
  return together([...knownRanges.value.values()].filter((range) => range !== null));
}

function knownRange(column: Column): Range | null {
  const counts = column.slices.map((slice) => knownOf(column, slice));
  if (counts.every((count) => count === 0)) return null;
  const complete = column.slices.every(({ rows, columns }, place) => counts[place] === rows * columns);
  if (complete) return ownRanges.value.get(column.id) ?? null;
  return rangeOf(column.slices.flatMap((slice, place) => numbersOf(slice).values.flat().slice(0, counts[place])));
}

export function knownOf(column: Column, slice: Slice): number {
  const stages = trace.value?.stages ?? [];
  return knownIn(stages, cursor.value, slice, derivativeOf(column) === 'grad' ? 'gradient' : 'value');
}

/** A layer's filters: their current values, and their scale. */
export const filters = computed(() => {
  const current = trace.value;
  const found = new Map<string, Numbers & { known: boolean; range: Range }>();
  if (!current) return found;
  for (const layer of current.layers) {
    const shape = filtersOf(current, layer);
    if (!shape) continue;
    const slices = slicesOf(`${layer.name}.w`, [], shape);
    const derivative = parameterDerivative(layer);
    const values = slices.map((slice) => valuesOf(current, slice, derivative));
    const range = rangeOf(values.flat(2));
    slices.forEach((slice, place) => {
      const known = isKnown(refAt(slice, 0, 0, derivative && `.${derivative}`));
      found.set(keyOf(slice), { values: values[place] ?? [], derivative, known, range });
    });
  }
  return found;
});

export type Stand = Omit<Mark, 'kind'> & { kind: MarkKind | 'selected' | 'lit' | 'term' };

/** Every frame of the picture, by its map. */
const frames = computed(() => {
  const current = trace.value;
  const found = new Map<string, Stand[]>();
  if (!current) return found;
  const term = runningSum.value ? leaves(runningSum.value.term).map(({ ref }) => ref) : [];
  const own = (refs: readonly string[], kind: Stand['kind']): Stand[] =>
    refs.flatMap((ref) =>
      marksOf(current, ref)
        .slice(0, 1)
        .map((mark) => ({ ...mark, kind })),
    );
  const all = [
    ...(closeUpRef.value === null ? [] : marksOf(current, closeUpRef.value)),
    ...own(selection.value === null ? [] : [selection.value], 'selected'),
    ...own(hover.value, 'lit'),
    ...own(term, 'term'),
  ];
  for (const mark of all) {
    const key = keyOf(mark);
    found.set(key, [...(found.get(key) ?? []), mark]);
  }
  return found;
});

const UNMARKED: Stand[] = [];
export const framesIn = (key: string): Stand[] => frames.value.get(key) ?? UNMARKED;

/** How many numbers of a map have been computed; they are computed one after the other, row by row. */

export function knownIn(stages: readonly Stage[], cursor: number, slice: Slice, face: Face): number {
  const all = slice.rows * slice.columns;
  const maker = makerOf(stages, `${slice.tensor}${face === 'gradient' ? '.grad' : ''}`);
  if (!maker) return all;
  const done = Math.floor((cursor - maker.stage.start) / maker.stage.terms) - slice.first;
  return Math.max(0, Math.min(all, done));
}
