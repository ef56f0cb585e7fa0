/** Finds a position for the number of each edge: on the line, clear of nodes and of the other numbers. */

import { type Layout, type PlacedEdge, type PlacedNode, type Point, RADIUS } from '../model/layout';
import { type Faces, TYPE } from '../model/plan';

export interface Label extends Point {
  /** False if there is no space: then it is shown only on hover and selection. */
  room: boolean;
  /** Whether several numbers fit, one below the other. */
  tall: boolean;
  /** The position of a sign for a number that does not fit, if there is space for the sign. */
  mark?: Point | null;
  /** The greatest width of the step's number, if not all of its digits fit. */
  within?: number;
  /** Not even a step's number with the fewest digits fits. */
  none?: boolean;
}

/** The size of the longest number with six digits, so that labels do not move while values change. */
export const LABEL = { width: 70, height: 16 };

// Near the source edges are still apart, and readers look there first.
const PREFERRED = 0.3;
/** The size of the sign for a number that is left out. */
export const MARK = { width: 17, height: 9 };
const PLACES = Array.from({ length: 77 }, (_, step) => 0.12 + step * 0.01);
/** Beyond this many edges numbers on the lines are clutter, and the search would be slow. */
const MOST = 120;

/** Half the width of the longest line beside a node: one number, or z and its gradient. */
const BESIDE = { one: 44, pair: 84 };
/** Six digits with a sign and the letter before them rarely need more than this share of the width. */
const USUAL = 0.72;
/** The most numbers of a line in one step: its weight, its gradient and its new weight. */
const MOST_LINES = 3;
/** The width of the longest number with its mark. */
const MARKED = 100;
/** Several numbers of a line may also be beside it, at these distances in lines of type. */
const ASIDE = [0, 1, -1, 2, -2];
/** The widths of a number with six digits and with fewer, down to three with a sign, as shares. */
const SHARES = [1, 0.85, 0.75, 0.65, 0.57];
/** The cost of a position with space for a single number; crossing a line costs 1. */
const SHORT = 0.8;
/** A line's arrowhead, before its node. */
const HEAD = 17;

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function placeLabels({ nodes, edges }: Layout, faces: Faces): Map<string, Label> {
  const around = nodes.flatMap((node) => boxesAround(node, faces));
  const boxAround = (point: Point): Box => boxOf(point, faces);
  const isTall = (point: Point): boolean => !meets(boxOf(point, faces, MOST_LINES), around);
  const blocked = [...around];
  const solid = bodies(nodes, faces);
  const labels = new Map<string, Label>();
  for (const placed of edges) {
    if (placed.edge.ref === null) continue; // it carries no number
    const room = edges.length <= MOST ? bestPlace(placed, edges, blocked, { boxAround, isTall }) : null;
    // A number that does not fit is shown in the middle on hover.
    const point = room ?? pointAt(placed, 0.5);
    labels.set(placed.edge.id, { ...point, room: room !== null, tall: isTall(point) });
    if (room) blocked.push(boxAround(room));
  }
  if (edges.length > MOST) return labels;
  const marked = { all: blocked, least: [...solid, ...blocked.slice(around.length)] };
  for (const placed of edges) {
    const label = labels.get(placed.edge.id);
    if (label && !label.room) labels.set(placed.edge.id, { ...label, mark: markOn(placed, edges, marked, faces) });
  }
  return labels;
}

/** What signs avoid; if necessary they may be where a unit's numbers can be, which then cover them. */
interface Blocked {
  all: Box[];
  least: Box[];
}

const bodies = (nodes: readonly PlacedNode[], faces: Faces, share = 1) =>
  nodes.flatMap((node) => boxesAround(node, { ...faces, lines: 0 }, share));

/** A position for the sign of a number that is left out; it is blocked afterwards. */
function markOn(placed: PlacedEdge, edges: readonly PlacedEdge[], blocked: Blocked, faces: Faces): Point | null {
  const boxAround = (point: Point) => boxOf(point, faces, 1, MARK);
  const find = (boxes: readonly Box[]) => bestPlace(placed, edges, boxes, { boxAround, isTall: () => true });
  const place = find(blocked.all) ?? find(blocked.least);
  if (place) for (const boxes of [blocked.all, blocked.least]) boxes.push(boxAround(place));
  return place;
}

/** An edge of the current step, and how many numbers it shows. */
export interface Needs {
  placed: PlacedEdge;
  lines: number;
}

/**
 * The labels while some edges show several numbers: these are placed first, if necessary elsewhere on their edges or
 * beside them, and labels that overlap them are left out. An unchanged label stays the same object.
 */
export function crowdedOut(
  labels: ReadonlyMap<string, Label>,
  current: readonly Needs[],
  { nodes, edges }: Pick<Layout, 'nodes' | 'edges'>,
  faces: Faces,
): ReadonlyMap<string, Label> {
  if (current.length === 0) return labels;
  const around = nodes.flatMap((node) => boxesAround(node, faces));
  const solid = bodies(nodes, faces, USUAL);
  const usual = nodes.flatMap((node) => boxesAround(node, faces, USUAL));
  const find = (needs: readonly Needs[], most: number) => placesFor(labels, needs, [around, usual], faces, most);
  const places = find(current, MOST_LINES) ?? find(current.toReversed(), MOST_LINES) ?? find(current, 1) ?? [];
  const arranged = new Map(labels);
  for (const { id, label, point, tall, within } of places) {
    arranged.set(id, variant(label, { x: point.x, y: point.y, room: label.room, tall, ...(within ? { within } : {}) }));
  }
  const taken = places.map(({ box }) => box);
  const standing = new Set(places.map(({ id }) => id));
  const ids = new Set(current.map(({ placed }) => placed.edge.id));
  const others = edges.filter(({ edge }) => !standing.has(edge.id));
  const isOver = (label: Label) => label.room && meets(boxOf(label, faces), taken);
  const isStaying = ({ edge }: PlacedEdge) => !ids.has(edge.id);
  const stays = others
    .filter(isStaying)
    .flatMap(({ edge }) => labels.get(edge.id) ?? [])
    .filter((label) => label.room && !isOver(label));
  const numbers = [...taken, ...stays.map((label) => boxOf(label, faces))];
  const blocked = { all: [...around, ...numbers], least: [...solid, ...numbers] };
  for (const placed of others) {
    const label = labels.get(placed.edge.id);
    const mark = label?.mark;
    const none = ids.has(placed.edge.id);
    if (!label || !(none || isOver(label) || (mark && meets(boxOf(mark, faces, 1, MARK), taken)))) continue;
    const { x, y } = label;
    // An edge of the current step always has a sign; without any space it is above the units.
    const sign = markOn(placed, edges, blocked, faces) ?? (none ? pointAt(placed, 0.5) : null);
    const left = { x, y, room: false, tall: false, mark: sign, ...(none && { none }) };
    arranged.set(placed.edge.id, variant(label, left));
  }
  return arranged;
}

interface Place {
  id: string;
  label: Label;
  point: Point;
  tall: boolean;
  box: Box;
  within?: number;
}

/**
 * A position for each of the edges, clear of the nodes and of each other; null if one with several numbers has none. A
 * single number has fewer digits if six do not fit, leaves its line if three do not fit, and is left out if nothing
 * helps.
 */
function placesFor(
  labels: ReadonlyMap<string, Label>,
  current: readonly Needs[],
  /** The boxes of nodes with their numbers: the largest, and the usual ones. */
  around: readonly Box[][],
  faces: Faces,
  most: number,
): Place[] | null {
  const found: Place[] = [];
  for (const { placed, lines: needed } of current) {
    const label = labels.get(placed.edge.id);
    if (!label) continue;
    const lines = Math.min(needed, most);
    const widest = needed > 1 ? MARKED : LABEL.width;
    const taken = found.map(({ box }) => box);
    const along = [label, ...PLACES.map((place) => pointAt(placed, place))];
    const aside = ASIDE.flatMap((off) => along.map(({ x, y }) => ({ x, y: y + off * faces.line })));
    const place = (points: readonly Point[], nodes: readonly Box[], share: number): Place | null => {
      const room = (point: Point) => boxOf(point, faces, lines, { ...LABEL, width: widest * share });
      const point = points.find((one) => !meets(room(one), nodes) && !meets(room(one), taken));
      if (!point) return null;
      const within = share < 1 ? { within: (widest * share * faces.size) / TYPE } : {};
      return { id: placed.edge.id, label, point, tall: lines === needed, box: room(point), ...within };
    };
    const some =
      lines > 1
        ? place(aside, around[0] ?? [], 1)
        : first(around, (nodes) => {
            const narrowing = (points: readonly Point[]) => first(SHARES, (share) => place(points, nodes, share));
            return narrowing(along) ?? narrowing(aside);
          });
    if (some) found.push(some);
    else if (lines > 1) return null;
  }
  return found;
}

/** The first result that is not null. */
function first<Item, Found>(items: readonly Item[], find: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

const variants = new WeakMap<Label, Map<string, Label>>();

/** Returns the same object for an equal label. */
function variant(label: Label, next: Label): Label {
  const known = variants.get(label) ?? new Map<string, Label>();
  variants.set(label, known);
  const key = JSON.stringify(next);
  const found = key === JSON.stringify(label) ? label : (known.get(key) ?? next);
  known.set(key, found);
  return found;
}

/** A node with the numbers below it and, if it has an activation, those above it. */
function boxesAround({ node, x, y }: PlacedNode, { lines, inside, pair, line, size }: Faces, share = 1): Box[] {
  const body = {
    left: x - RADIUS - (share < 1 ? 3 : HEAD),
    right: x + RADIUS + 3,
    top: y - RADIUS - 3,
    bottom: y + RADIUS + 3,
  };
  if (lines === 0) return [body];
  const low = Math.min(lines, inside ? 1 : 2);
  const high = node.pre ? Math.min(lines - low, pair ? 1 : 2) : 0;
  const half = (size / TYPE) * share * BESIDE[pair ? 'pair' : 'one'];
  const wide = Math.max(RADIUS, (size / TYPE) * share * BESIDE.one);
  const below = { left: x - wide, right: x + wide, top: y + RADIUS, bottom: y + RADIUS + 8 + low * line };
  const above = { left: x - half, right: x + half, top: y - RADIUS - 9 - high * line, bottom: y - RADIUS };
  return high > 0 ? [body, below, above] : [body, below];
}

interface Around {
  boxAround: (point: Point) => Box;
  isTall: (point: Point) => boolean;
}

function bestPlace(
  placed: PlacedEdge,
  edges: readonly PlacedEdge[],
  blocked: readonly Box[],
  { boxAround, isTall }: Around,
): Point | null {
  let best: { point: Point; cost: number } | null = null;
  for (const place of PLACES) {
    const point = pointAt(placed, place);
    const box = boxAround(point);
    if (meets(box, blocked)) continue;
    const crossing = edges.filter((other) => other !== placed && crosses(other, box)).length;
    const cost = crossing + 3 * Math.abs(place - PREFERRED) + (isTall(point) ? 0 : SHORT);
    if (!best || cost < best.cost) best = { point, cost };
  }
  return best?.point ?? null;
}

function pointAt({ from, to }: PlacedEdge, place: number): Point {
  return { x: from.x + (to.x - from.x) * place, y: from.y + (to.y - from.y) * place };
}

/** The box of a number of lines at a point. */
function boxOf({ x, y }: Point, { size, line }: Faces, lines = 1, { width, height } = LABEL): Box {
  const [across, down] = [(width * size) / TYPE / 2, (height * size) / TYPE / 2 + (line * (lines - 1)) / 2];
  return { left: x - across, right: x + across, top: y - down, bottom: y + down };
}

const meets = (box: Box, others: readonly Box[]): boolean => others.some((other) => overlap(box, other));

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** Whether the line crosses the box. Edges run left to right, so clipping to the box's sides is enough. */
function crosses({ from, to }: PlacedEdge, box: Box): boolean {
  const left = Math.max(from.x, box.left);
  const right = Math.min(to.x, box.right);
  if (left >= right) return false;
  const height = (x: number) => from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x);
  const [one, other] = [height(left), height(right)];
  return Math.max(one, other) > box.top && Math.min(one, other) < box.bottom;
}
