/** Finds each edge a place for its number: on the line, clear of nodes and of the other numbers. */

import { type Layout, NODE_ABOVE, NODE_BELOW, type PlacedEdge, type PlacedNode, type Point, RADIUS } from './layout';

export interface Label extends Point {
  /** False where there is no room: then it shows only while its edge is looked at. */
  room: boolean;
}

/** Room for the longest number that six digits can make, so that labels stay where they are while values change. */
export const LABEL = { width: 70, height: 16 };

// Near the source edges still lie apart; that is where a reader looks first.
const PREFERRED = 0.3;
const PLACES = Array.from({ length: 77 }, (_, step) => 0.12 + step * 0.01);
/** Beyond this many edges numbers on the lines are clutter, and the search would be slow. */
const MOST = 120;

/** Half the width of the longest line above a node. */
const BEFORE = 84;

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function placeLabels({ nodes, edges }: Layout): Map<string, Label> {
  const blocked = nodes.flatMap(boxesAround);
  const labels = new Map<string, Label>();
  for (const placed of edges) {
    const room = edges.length <= MOST ? bestPlace(placed, edges, blocked) : null;
    labels.set(placed.edge.id, room ? { ...room, room: true } : { ...pointAt(placed, PREFERRED), room: false });
    if (room) blocked.push(boxAround(room));
  }
  return labels;
}

/** A node with its gradient below, and above it, where it has an activation, the wider line of z and ∇. */
function boxesAround({ node, x, y }: PlacedNode): Box[] {
  const body = { left: x - RADIUS - 3, right: x + RADIUS + 3, top: y - RADIUS - 3, bottom: y + NODE_BELOW - 4 };
  const above = { left: x - BEFORE, right: x + BEFORE, top: y - NODE_ABOVE, bottom: y - RADIUS };
  return node.pre ? [body, above] : [body];
}

function bestPlace(placed: PlacedEdge, edges: readonly PlacedEdge[], blocked: readonly Box[]): Point | null {
  let best: { point: Point; cost: number } | null = null;
  for (const place of PLACES) {
    const point = pointAt(placed, place);
    const box = boxAround(point);
    if (blocked.some((other) => overlap(box, other))) continue;
    const crossing = edges.filter((other) => other !== placed && crosses(other, box)).length;
    const cost = crossing + 3 * Math.abs(place - PREFERRED);
    if (!best || cost < best.cost) best = { point, cost };
  }
  return best?.point ?? null;
}

function pointAt({ from, to }: PlacedEdge, place: number): Point {
  return { x: from.x + (to.x - from.x) * place, y: from.y + (to.y - from.y) * place };
}

function boxAround({ x, y }: Point): Box {
  return {
    left: x - LABEL.width / 2,
    right: x + LABEL.width / 2,
    top: y - LABEL.height / 2,
    bottom: y + LABEL.height / 2,
  };
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** Does the line run through the box? Edges run left to right, so clipping to the box's sides is enough. */
function crosses({ from, to }: PlacedEdge, box: Box): boolean {
  const left = Math.max(from.x, box.left);
  const right = Math.min(to.x, box.right);
  if (left >= right) return false;
  const height = (x: number) => from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x);
  const [one, other] = [height(left), height(right)];
  return Math.max(one, other) > box.top && Math.min(one, other) < box.bottom;
}
