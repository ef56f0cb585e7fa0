/** Lines that are one drawing are found by their position, because the browser has no elements to find. */

import { computed, signal } from '@preact/signals';
import type { Quantity } from '../model/choices';
import type { PlacedEdge, Point } from '../model/layout';
import { hoverPart } from '../state/attention';
import { listen } from '../state/browser';
import { select, setHoverPart } from '../state/moves';
import { quantityRef } from './edgeStyle';
import { placed, quantity } from './view';
import { view } from './zoom';

/** The width of the pointer area around a line that can be selected. */
const WITHIN = 7;

/** The event handlers of a picture whose lines are not elements. */
export const pointing = {
  onPointerMove: (event: PointerEvent) => pointAtLine(event, placed.peek().edges),
  onPointerLeave: () => setHoverPart(null),
  onClick: (event: MouseEvent) => pressLine(event, placed.peek().edges, quantity.peek()),
};

/** Hovers the line near the pointer. */
function pointAtLine(event: PointerEvent, lines: readonly PlacedEdge[]): void {
  if (isOnPart(event)) return;
  const id = lineAt(event, lines)?.edge.id ?? null;
  if (id !== hoverPart.peek()) setHoverPart(id);
}

/** Selects the pressed line, by the number that it shows. */
function pressLine(event: MouseEvent, lines: readonly PlacedEdge[], quantity: Quantity): void {
  if (isOnPart(event)) return;
  const line = lineAt(event, lines);
  const ref = line && quantityRef(line.edge, quantity);
  if (ref) select(ref);
}

/** The line under the pointer. */
export const lineUnder = (event: MouseEvent): string | null => lineAt(event, placed.peek().edges)?.edge.id ?? null;

const isOnPart = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('.part, .given, .hands') !== null;

function lineAt(event: MouseEvent, lines: readonly PlacedEdge[]): PlacedEdge | null {
  const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
  const { x, y, scale } = view.peek();
  const place = { x: (event.clientX - left - x) / scale, y: (event.clientY - top - y) / scale };
  return nearestLine(lines, place, WITHIN);
}

/** The line that is meant by a point beside it. */

/** The nearest line, at a distance of at most `within`; null if there is none. */
export function nearestLine(lines: readonly PlacedEdge[], { x, y }: Point, within: number): PlacedEdge | null {
  let best: PlacedEdge | null = null;
  let least = within * within;
  for (const line of lines) {
    const { from, to } = line;
    if (x < from.x - within || x > to.x + within) continue;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const along = Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1)));
    const distance = (from.x + along * dx - x) ** 2 + (from.y + along * dy - y) ** 2;
    if (distance <= least) [best, least] = [line, distance];
  }
  return best;
}

/** The column with hover or focus: its tools are above it, and are loaded then. */

const hoverColumn = signal<number | null>(null);
const focused = signal<number | null>(null);
export const focusColumn = computed(() => hoverColumn.value ?? focused.value);

/** Follows the pointer and the focus from column to column. */
export function followColumn(picture: HTMLElement): () => void {
  const isTool = ({ target }: Event) => (target as Element).closest('.column-tools') !== null;
  const follow = (event: PointerEvent) => {
    if (isTool(event) || (event.type === 'pointermove' && event.buttons !== 0)) return;
    hoverColumn.value = columnAt(event.clientX - picture.getBoundingClientRect().left);
  };
  const leave = ({ pointerType }: PointerEvent) => {
    // A touch ends with the tap.
    if (pointerType !== 'touch') hoverColumn.value = null;
  };
  const enter = (event: FocusEvent) => {
    if (isTool(event)) focused.value = focusColumn.peek();
    else focused.value = columnOf((event.target as Element).closest<SVGElement>('[data-part]')?.dataset.part);
  };
  const exit = ({ relatedTarget }: FocusEvent) => {
    if (!picture.contains(relatedTarget as Node | null)) focused.value = null;
  };
  const end = listen(picture, {
    pointermove: follow,
    pointerdown: follow,
    pointerleave: leave,
    focusin: enter,
    focusout: exit,
  });
  return () => {
    end();
    hoverColumn.value = focused.value = null;
  };
}

/** The column at a distance from the picture's left side on the screen. */
function columnAt(left: number): number | null {
  const { x, scale } = view.peek();
  const { gap, nodes } = placed.peek();
  const place = (left - x) / scale;
  return nodes.find((one) => Math.abs(place - one.x) <= gap / 2)?.node.layer ?? null;
}

/** The column of a part: a line belongs to the unit that it leads to. */
function columnOf(part: string | undefined): number | null {
  const { nodes, edges } = placed.peek();
  const id = edges.find(({ edge }) => edge.id === part)?.edge.target ?? part;
  return nodes.find(({ node }) => node.id === id)?.node.layer ?? null;
}
