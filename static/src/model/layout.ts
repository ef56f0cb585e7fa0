/**
 * The positions of everything: columns from left to right, the bias at the top, then the targets and the loss. Pure
 * geometry.
 */

import type { TraceEdge, TraceNode } from '../api/types';
import type { Gap, Shown } from './columns';
import { type Box, LEGIBLE, type Point, type Room, roomOf, type Size } from './geometry';
import { planOf, RADIUS } from './plan';

export type { Box, Point, Size } from './geometry';
export { RADIUS } from './plan';

/** The transformation from the picture to the screen: a point times the scale, plus this offset. */
export interface View {
  x: number;
  y: number;
  scale: number;
}

export interface PlacedNode extends Point {
  node: TraceNode;
}

export interface PlacedEdge {
  edge: TraceEdge;
  from: Point;
  to: Point;
}

/** "…" in a column, for its hidden units. */
export interface PlacedGap extends Point {
  column: number;
  gap: Gap;
}

export interface Layout extends Size {
  nodes: PlacedNode[];
  gaps: PlacedGap[];
  edges: PlacedEdge[];
  /** One per output unit, level with it. */
  truths: (Point & { unit: number })[];
  loss: Point;
  /** The space between each column and the next, for what is drawn between two layers. */
  between: Box[];
  /** The distance from a column to the next, and from a row to the next. */
  gap: number;
  pitch: number;
  /** Whether any unit has an activation. */
  activated: boolean;
  /** The view of the whole picture, as large as the space allows. */
  home: View;
}

export const TRUTH_HALF = 29;
const ARROW_GAP = 5;
/** The space above and beside a circle: its ring, and a line of numbers. */
const CLEAR = 24;
/** Half the width of a node with the labels beside its circle. */
export const BESIDE = RADIUS + 52;
/** The width of what is drawn between two close columns. */
const SLIM = 36;

export function layout(
  nodes: readonly TraceNode[],
  edges: readonly TraceEdge[],
  space: Room,
  shown: readonly Shown[] = [],
  legible: number = LEGIBLE.usual,
): Layout {
  const columns = byColumn(nodes, shown);
  const beside = roomOf(space, true);
  const picture = within(columns, edges, beside, legible);
  // Nothing may be drawn below the controls.
  const heats = picture.between.filter((_, place) => !edges.some(({ target }) => isIn(columns[place + 1], target)));
  return reachesBar(picture, heats, space, beside) ? within(columns, edges, roomOf(space), legible) : picture;
}

function within(columns: readonly Item[][], edges: readonly TraceEdge[], room: Box, legible: number): Layout {
  const rows = Math.max(1, ...columns.map((column) => column.length));
  const activated = columns.some((column) => column.some((item) => 'node' in item && item.node.pre !== null));
  const plan = planOf({ columns: columns.length, rows, activated }, room, legible);
  const { gap, pitch, scale } = plan;
  const tall = (rows - 1) * pitch;
  const middle = plan.above + tall / 2;
  const x = (column: number) => plan.margin + RADIUS + column * gap;

  const items = columns.flatMap((column, place) =>
    column.map((item, row) => ({ ...item, x: x(place), y: middle + (row - (column.length - 1) / 2) * pitch })),
  );
  const placed = items.filter((item): item is PlacedNode => 'node' in item);
  const gaps = items.filter((item): item is PlacedGap => 'gap' in item);
  const outputs = placed.filter(({ node }) => node.layer === columns.length - 1 && node.role !== 'bias');
  const truthX = x(columns.length - 1) + plan.truths;
  const size = { width: truthX + plan.loss + RADIUS + plan.margin, height: plan.above + tall + plan.below };
  return {
    nodes: placed,
    gaps,
    edges: connect(placed, edges),
    truths: outputs.map(({ y, node }) => ({ x: truthX, y, unit: node.index ?? 0 })),
    loss: { x: truthX + plan.loss, y: middle },
    between: columns.slice(1).map((_, place) => ({
      x: x(place) + (gap - Math.max(SLIM, gap - 2 * BESIDE)) / 2,
      y: middle - tall / 2 - RADIUS,
      width: Math.max(SLIM, gap - 2 * BESIDE),
      height: tall + 2 * RADIUS,
    })),
    gap,
    pitch,
    activated,
    home: {
      scale,
      x: room.x + (room.width - size.width * scale) / 2,
      y: room.y + (room.height - size.height * scale) / 2,
    },
    ...size,
  };
}

const isIn = (column: readonly Item[] | undefined, id: string): boolean =>
  column?.some((item) => 'node' in item && item.node.id === id) ?? false;

/** Whether anything reaches into the corner of the controls: a circle with its labels, or a picture of weights. */
function reachesBar(
  { nodes, gaps, truths, loss, home }: Layout,
  heats: readonly Box[],
  { width, bar }: Room,
  room: Box,
): boolean {
  if (!bar || room.y > bar.height) return false;
  const reaches = (right: number, top: number) =>
    right * home.scale + home.x > width - bar.width && top * home.scale + home.y < bar.height;
  return (
    [...nodes, ...gaps, ...truths, loss].some(({ x, y }) => reaches(x + RADIUS + CLEAR, y - RADIUS - CLEAR)) ||
    heats.some(({ x, y, width: wide }) => reaches(x + wide, y))
  );
}

type Item = { node: TraceNode } | { column: number; gap: Gap };

function byColumn(nodes: readonly TraceNode[], shown: readonly Shown[]): Item[][] {
  const count = Math.max(0, ...nodes.map(({ layer }) => layer + 1));
  return Array.from({ length: count }, (_, column) => {
    const units: Item[] = nodes.filter(({ layer }) => layer === column).map((node) => ({ node }));
    const gaps: Item[] = (shown[column]?.gaps ?? []).map((gap) => ({ column, gap }));
    return [...units, ...gaps].sort((one, other) => rank(one) - rank(other));
  });
}

/** A bias is at the top. */
function rank(item: Item): number {
  if ('gap' in item) return item.gap.from;
  return item.node.role === 'bias' ? -1 : (item.node.index ?? 0);
}

function connect(nodes: readonly PlacedNode[], edges: readonly TraceEdge[]): PlacedEdge[] {
  const where = new Map(nodes.map((placed) => [placed.node.id, placed]));
  return edges.flatMap((edge) => {
    const source = where.get(edge.source);
    const target = where.get(edge.target);
    return source && target ? [{ edge, ...between(source, target, RADIUS, RADIUS + ARROW_GAP) }] : [];
  });
}

/** The straight segment between two circles. */
export function between(source: Point, target: Point, leave: number, arrive: number): { from: Point; to: Point } {
  const length = Math.hypot(target.x - source.x, target.y - source.y) || 1;
  const along = { x: (target.x - source.x) / length, y: (target.y - source.y) / length };
  return {
    from: { x: source.x + along.x * leave, y: source.y + along.y * leave },
    to: { x: target.x - along.x * arrive, y: target.y - along.y * arrive },
  };
}
