import { computed, signal } from '@preact/signals';
import { select } from 'd3-selection';
import { type D3ZoomEvent, zoom, zoomIdentity } from 'd3-zoom';
import { type Room, roomOf, type Size } from '../model/geometry';
import { BESIDE, type Layout, type Point, RADIUS, type View } from '../model/layout';

export const view = signal<View>({ x: 0, y: 0, scale: 1 });

/** After the user has zoomed or panned, resizing keeps their view. */
const moved = signal(false);

/** The part that is zoomed to. */
const close = signal<Close | null>(null);
export const closeId = computed(() => (close.value && !close.value.strayed ? close.value.id : null));

const EXTENT: [number, number] = [0.15, 5];

const behaviour = zoom<HTMLElement, unknown>()
  .scaleExtent(EXTENT)
  .filter((event: MouseEvent) => mayMove(event))
  .on('zoom', ({ transform, sourceEvent }: D3ZoomEvent<HTMLElement, unknown>) => {
    view.value = { x: transform.x, y: transform.y, scale: transform.k };
    if (sourceEvent) byHand();
  });

let picture: HTMLElement | null = null;

/** The default filter of the library, but dragging a number does not pan the picture. */
const mayMove = ({ type, ctrlKey, button, target }: MouseEvent): boolean =>
  type === 'wheel' || (!ctrlKey && !button && !(target as Element).closest('.given, .hands'));

export function attachZoom(element: HTMLElement): () => void {
  picture = element;
  const target = select(element);
  target.call(behaviour).on('dblclick.zoom', null);
  // A picture that is mounted again keeps its view.
  jump(view.peek());
  return () => {
    cancelAnimationFrame(frame);
    target.on('.zoom', null);
    picture = null;
  };
}

export function fitView({ home }: Layout): void {
  cancelAnimationFrame(frame);
  moved.value = false;
  close.value = null;
  jump(home);
}

export function zoomBy(factor: number): void {
  if (!picture) return;
  select(picture).call(behaviour.scaleBy, factor);
  byHand();
}

/** Zooms to a part; a second call returns to the previous view. */
export function toggleClose(id: string, subject: Subject, { home }: Layout, space: Room): void {
  const before = close.peek();
  close.value = asked(before, id, moved.peek() ? view.peek() : null);
  moved.value = close.value !== null || (before?.from ?? null) !== null;
  glide(close.value ? closeTo(subject, space, home.scale) : (before?.from ?? home));
}

/** The view of one of the opened networks. */
interface Looked {
  view: View;
  moved: boolean;
  close: Close | null;
}
const looked = new Map<number, Looked>();
let looking: number | null = null;

/** A new network is shown whole; one that undo restores gets its previous view. */
export function turnTo(opening: number, content: Layout): void {
  if (looking === opening) return;
  if (looking !== null) looked.set(looking, { view: view.peek(), moved: moved.peek(), close: close.peek() });
  looking = opening;
  const before = looked.get(opening);
  if (!before?.moved) {
    fitView(content);
    return;
  }
  cancelAnimationFrame(frame);
  moved.value = true;
  close.value = before.close;
  jump(before.view);
}

/**
 * After a change of the drawn parts or of the space: shows the whole picture or, if it still exists, the part that is
 * zoomed to.
 */
export function refit(content: Layout, space: Room, subjectOf: (id: string) => Subject | null): void {
  const id = closeId.peek();
  const subject = id === null ? null : subjectOf(id);
  if (subject) jump(closeTo(subject, space, content.home.scale));
  else if (id !== null || !moved.peek()) fitView(content);
}

function byHand(): void {
  cancelAnimationFrame(frame);
  moved.value = true;
  close.value = strayed(close.peek(), view.peek().scale);
}

function jump({ x, y, scale }: View): void {
  if (picture) select(picture).call(behaviour.transform, zoomIdentity.translate(x, y).scale(scale));
}

/** The duration of a movement in milliseconds, as everywhere on the page. */
const SWIFT = 200;
const still = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)');
let frame = 0;

function glide(to: View): void {
  cancelAnimationFrame(frame);
  if (still?.matches) {
    jump(to);
    return;
  }
  const from = view.peek();
  const start = performance.now();
  const draw = (now: number) => {
    const part = Math.min(1, Math.max(0, (now - start) / SWIFT));
    jump(part < 1 ? onTheWay(from, to, 1 - (1 - part) ** 3) : to);
    if (part < 1) frame = requestAnimationFrame(draw);
  };
  frame = requestAnimationFrame(draw);
}

/** The zoom to a part, and the way there and back. Pure arithmetic. */

/** The target of a zoom: its centre, and the size of the surroundings of interest. */
export interface Subject {
  middle: Point;
  reach: Size;
}

/** At least, a number in a circle is as large as a heading; beyond the maximum its neighbours would be out of view. */
const LEAST = 1.5;
const MOST = 2.2;
/** The least magnification, so that zooming is noticeable even where a small network is large already. */
const CLOSER = 1.4;

/** The space above and below a unit, with its numbers. */
const AROUND = 2 * (RADIUS + 26);

/** A part by its id: a unit or target with the adjacent columns, a line with both of its ends. */
export function subjectOf({ nodes, edges, truths, loss, between }: Layout, id: string): Subject | null {
  const node = nodes.find((one) => one.node.id === id);
  const [gap] = between;
  const around = { width: gap ? gap.width + 2 * BESIDE + RADIUS : BESIDE, height: AROUND };
  if (node) return { middle: node, reach: around };
  if (id === 'loss') return { middle: loss, reach: around };
  const truth = truths.find(({ unit }) => id === `truth-${unit}`);
  if (truth) return { middle: truth, reach: around };
  const line = edges.find(({ edge }) => edge.id === id);
  if (!line) return null;
  const { from, to } = line;
  return {
    middle: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 },
    reach: { width: Math.abs(to.x - from.x) / 2 + 2 * RADIUS, height: Math.abs(to.y - from.y) / 2 + 2 * RADIUS },
  };
}

/** The view with it in the centre; its surroundings are visible too, as long as numbers stay large. */
export function closeTo({ middle, reach }: Subject, space: Room, whole: number): View {
  const room = roomOf(space, true);
  const fitting = Math.min(room.width / (2 * reach.width), room.height / (2 * reach.height));
  const scale = Math.max(whole * CLOSER, LEAST, Math.min(MOST, fitting));
  return {
    scale,
    x: room.x + room.width / 2 - middle.x * scale,
    y: room.y + room.height / 2 - middle.y * scale,
  };
}

/**
 * Between two views, at the share `part` of the way, around the one fixed point, so that the picture does not swing.
 */
export function onTheWay(from: View, to: View, part: number): View {
  const scale = from.scale * (to.scale / from.scale) ** part;
  const moved = to.scale === from.scale ? part : (scale - from.scale) / (to.scale - from.scale);
  return { scale, x: from.x + (to.x - from.x) * moved, y: from.y + (to.y - from.y) * moved };
}

/** The state of a zoom to a part. */
export interface Close {
  id: string;
  /** The view to return to; `null` for the whole picture. */
  from: View | null;
  /** Whether the user has moved away from it since. */
  strayed: boolean;
}

/** The state after a request to zoom to a part: closer to it, or back if it is already there. */
export function asked(close: Close | null, id: string, from: View | null): Close | null {
  if (close?.id === id && !close.strayed) return null;
  return { id, from: close ? close.from : from, strayed: false };
}

/** The state after the user has moved the picture. At a small scale there is nothing to return from. */
export function strayed(close: Close | null, scale: number): Close | null {
  return close && scale >= LEAST / 2 ? { ...close, strayed: true } : null;
}
