/** Which units are drawn, and the newest trace with just their nodes and edges. */

import { computed, signal } from '@preact/signals';
import { columnsOf, type Gap, mostIn, type Shown, shownOf, turned } from '../model/columns';
import { type Room, roomOf, type Size } from '../model/geometry';
import { pictureOf, placeOf, type VisibleGraph } from '../model/picture';
import { refInSight } from './attention';
import { trace } from './store';
import { frame, legible } from './view';

/** The first unit that each column shows, if others were chosen. */
const starts = signal<readonly number[]>([]);

export const columns = computed(() => (trace.value ? columnsOf(trace.value) : []));

/** How many units of a column fit. */
const most = computed(() => mostIn(roomOf(space.value).height));

/** The same list as long as the same units are drawn, so that the picture does not change. */
export const shownUnits = computed<readonly Shown[]>(() => {
  const needed = refInSight.value && trace.value ? placeOf(trace.value, columns.value, refInSight.value) : [];
  const shown = columns.value.map(({ count }, place) =>
    shownOf(count, starts.value[place] ?? 0, needed.find(({ column }) => column === place)?.unit ?? null, most.value),
  );
  if (JSON.stringify(shown) !== JSON.stringify(last)) last = shown;
  return last;
});
let last: readonly Shown[] = [];

/** The trace of the picture: nodes and edges are null if the network works on images. */
export const visibleGraph = computed<VisibleGraph | null>(() => {
  const current = trace.value;
  if (!current || columns.value.length === 0) return current && { ...current, nodes: null, edges: null };
  return { ...current, ...pictureOf(current, columns.value, shownUnits.value) };
});

/** Shows hidden units of a gap. */
export function turnTo(column: number, gap: Gap): void {
  starts.value = columns
    .peek()
    .map((_, place) => (place === column ? turned(gap, most.peek().row) : (starts.peek()[place] ?? 0)));
}

/** The space of the picture of units. */

const bar = signal<Bar | null>(null);
const foot = signal<Foot | null>(null);

/** The greatest size of the controls, for this network in a frame of this size. */
interface Bar extends Size {
  of: string;
}

/** The greatest size of the legend, with this type size in a frame of this width. */
interface Foot extends Size {
  legible: number;
}

export const space = computed<Room>(() => ({
  ...frame.value,
  ...(bar.value && { bar: { width: bar.value.width, height: bar.value.height } }),
  ...(foot.value && { foot: foot.value.height }),
}));

/**
 * Sets the size of the controls, from the corner of the frame. Only growth counts, so that controls that appear and
 * disappear move the picture at most once.
 */
export function setBar({ width, height }: Size, opening: number): void {
  const of = [opening, frame.peek().width, frame.peek().height].join();
  const before = bar.peek();
  if (before?.of !== of) bar.value = { width, height, of };
  else if (width > before.width || height > before.height) {
    bar.value = { width: Math.max(width, before.width), height: Math.max(height, before.height), of };
  }
}

export function noBar(): void {
  bar.value = null;
}

/**
 * Sets the height of the legend. Its words change with the step; only growth counts, so that the picture does not move.
 */
export function setFoot({ width, height }: Size): void {
  const before = foot.peek();
  const known = before?.width === width && before.legible === legible.peek() ? before.height : 0;
  if (height > known) foot.value = { width, height, legible: legible.peek() };
}
