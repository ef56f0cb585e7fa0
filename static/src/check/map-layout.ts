/** The network at a small size, for its errors: the diagram's positions, scaled to the free room. Pure geometry. */

import type { TraceEdge, TraceNode } from '../api/types';
import { between, layout, type PlacedEdge, type PlacedNode, type Size } from '../model/layout';

export interface MapLayout {
  nodes: PlacedNode[];
  edges: PlacedEdge[];
  radius: number;
  /** Whether the circles are large enough for their symbols. */
  named: boolean;
}

const RADIUS = { least: 3, most: 17 };
/** A circle's radius as a fraction of the distance to the next circle in its column. */
const SHARE = 0.37;
/** Circles with a smaller radius have no symbol. */
const NAMED_RADIUS = 11;
const MARGIN = 4;
/** With a larger distance between columns, the lines are hard to follow. */
const WIDEST = 190;

export function mapLayout(nodes: readonly TraceNode[], edges: readonly TraceEdge[], room: Size): MapLayout {
  const drawn = layout(nodes, edges, room).nodes;
  const [xs, ys] = [distinct(drawn.map(({ x }) => x)), distinct(drawn.map(({ y }) => y))];
  const tallest = Math.max(1, ...xs.map((x) => drawn.filter((node) => node.x === x).length));
  const pitch = (room.height - 2 * MARGIN) / tallest;
  const radius = Math.min(RADIUS.most, Math.max(RADIUS.least, pitch * SHARE));
  const edge = radius + MARGIN;
  const width = Math.min(room.width - 2 * edge, WIDEST * (xs.length - 1));
  const x = spread(xs, (room.width - width) / 2, (room.width + width) / 2);
  const y = spread(ys, edge, room.height - edge);
  const placed = drawn.map(({ node, ...at }) => ({ node, x: x(at.x), y: y(at.y) }));
  const where = new Map(placed.map((one) => [one.node.id, one]));
  return {
    nodes: placed,
    edges: edges.flatMap((one) => {
      const [source, target] = [where.get(one.source), where.get(one.target)];
      return source && target ? [{ edge: one, ...between(source, target, radius, radius) }] : [];
    }),
    radius,
    named: radius >= NAMED_RADIUS,
  };
}

/** Stretches positions so that the outermost are at the ends; a single one is in the middle. */
function spread(places: readonly number[], start: number, end: number): (place: number) => number {
  const [from, to] = [Math.min(...places), Math.max(...places)];
  return (place) => (from === to ? (start + end) / 2 : start + ((place - from) / (to - from)) * (end - start));
}

const distinct = (places: readonly number[]): number[] => [...new Set(places)];

/** The shade of a relative deviation: from 0, as good as exact, to 1, completely wrong, on a logarithmic scale. */

/** The exponents at both ends. They are fixed, so that a shade keeps its meaning while numbers change. */
const EXACT = -16;
const WRONG = 0;

/** The exponents that the legend names. */
export const NAMED = [-16, -12, -8, -4, 0];

export function shadeOf(error: number): number {
  if (Number.isNaN(error)) return 1;
  return Math.min(1, Math.max(0, (Math.log10(error) - EXACT) / (WRONG - EXACT)));
}
