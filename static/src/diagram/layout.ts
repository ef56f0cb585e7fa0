/** Where everything stands: columns left to right, bias on top, then the truths and the loss. Pure geometry. */

import type { TraceEdge, TraceNode } from '../api/types';
import type { Gap, Shown } from './windows';

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface PlacedNode extends Point {
  node: TraceNode;
}

export interface PlacedEdge {
  edge: TraceEdge;
  from: Point;
  to: Point;
}

export interface Box extends Point, Size {}

/** "…" in a column, for the units that it leaves out. */
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
  /** The room between each column and the next, for whatever stands between two layers. */
  between: Box[];
}

export const RADIUS = 34;
/** Bounds of everything that belongs to a node: z above it, its gradient below. */
export const NODE_ABOVE = RADIUS + 24;
export const NODE_BELOW = RADIUS + 26;
export const TRUTH_HALF = 29;
const ARROW_GAP = 5;
const ROW = { least: 122, most: 136 };
const GAP = { least: 212, most: 330 };
/** From so many columns on they stand closer: nodes that can be read are worth more than a number on every line. */
const DEEP = 5;
const DEEP_GAP = 160;
/** A node with what stands beside its circle. */
export const BESIDE = RADIUS + 52;
const TRUTH_GAP = 112;
const LOSS_GAP = 122;
const MARGIN = 12;
/** Where the legend and the controls stand. In a narrow room the legend takes two lines, on a phone three. */
const above = (width: number): number => (width < 640 ? 46 : 20);
const below = (width: number): number => (width < 420 ? 84 : width < 640 ? 62 : 40);
const usable = ({ width, height }: Size): Size => ({ width, height: height - above(width) - below(width) });

export function layout(
  nodes: readonly TraceNode[],
  edges: readonly TraceEdge[],
  space: Size,
  shown: readonly Shown[] = [],
): Layout {
  const columns = byColumn(nodes, shown);
  const rows = Math.max(1, ...columns.map((column) => column.length));
  const room = usable(space).height;
  const pitch = clamp((room - NODE_ABOVE - NODE_BELOW) / Math.max(1, rows - 1), ROW);
  const height = (rows - 1) * pitch + NODE_ABOVE + NODE_BELOW;
  // A tall network is drawn smaller; then there is more width to spread over.
  const width = space.width / Math.min(1, room / height);
  const fixed = TRUTH_GAP + LOSS_GAP + 2 * (RADIUS + MARGIN);
  // The taller the columns, the farther apart they may stand: steep lines are hard to follow.
  const most = Math.max(GAP.most, height * 0.6);
  const least = columns.length < DEEP ? GAP.least : DEEP_GAP;
  const gap = clamp((width - fixed) / Math.max(1, columns.length - 1), { least, most });
  const middle = NODE_ABOVE + ((rows - 1) * pitch) / 2;
  const x = (column: number) => MARGIN + RADIUS + column * gap;

  const items = columns.flatMap((column, place) =>
    column.map((item, row) => ({ ...item, x: x(place), y: middle + (row - (column.length - 1) / 2) * pitch })),
  );
  const placed = items.filter((item): item is PlacedNode => 'node' in item);
  const gaps = items.filter((item): item is PlacedGap => 'gap' in item);
  const outputs = placed.filter(({ node }) => node.layer === columns.length - 1 && node.role !== 'bias');
  const truthX = x(columns.length - 1) + TRUTH_GAP;
  return {
    nodes: placed,
    gaps,
    edges: connect(placed, edges),
    truths: outputs.map(({ y, node }) => ({ x: truthX, y, unit: node.index ?? 0 })),
    loss: { x: truthX + LOSS_GAP, y: middle },
    between: columns.slice(1).map((_, place) => ({
      x: x(place) + BESIDE,
      y: middle - ((rows - 1) * pitch) / 2 - RADIUS,
      width: gap - 2 * BESIDE,
      height: (rows - 1) * pitch + 2 * RADIUS,
    })),
    width: truthX + LOSS_GAP + RADIUS + MARGIN,
    height,
  };
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

/** A bias is on top. */
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

/** The straight piece between two circles. */
export function between(source: Point, target: Point, leave: number, arrive: number): { from: Point; to: Point } {
  const length = Math.hypot(target.x - source.x, target.y - source.y) || 1;
  const along = { x: (target.x - source.x) / length, y: (target.y - source.y) / length };
  return {
    from: { x: source.x + along.x * leave, y: source.y + along.y * leave },
    to: { x: target.x - along.x * arrive, y: target.y - along.y * arrive },
  };
}

/** How large to draw so that all of it fits, never larger than life by much: text should stay text. */
export function fitted(content: Size, space: Size): { scale: number; x: number; y: number } {
  const room = roomOf(space);
  const scale = Math.min(MAGNIFY, room.width / content.width, room.height / content.height);
  return {
    scale,
    x: room.x + (room.width - content.width * scale) / 2,
    y: room.y + (room.height - content.height * scale) / 2,
  };
}

/** What the legend and the controls leave free. */
export function roomOf(space: Size): Box {
  return { x: 0, y: above(space.width), ...usable(space) };
}

const MAGNIFY = 1.3;

function clamp(value: number, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, value));
}
