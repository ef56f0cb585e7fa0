/** What each edge shows at this moment, in groups that stay the same objects while nothing in them changes. */

import type { Quantity } from '../model/choices';
import type { Piece } from '../model/cursor';
import { type Facing, type Focus, facedRef, facingsOf } from '../model/focus';
import { THICK, THIN } from '../model/geometry';
import type { Layout, PlacedEdge, View } from '../model/layout';
import type { Faces } from '../model/plan';
import { type EdgeStyle, edgeStyleOf, quantityRef, type Summed } from './edgeStyle';
import { crowdedOut, type Label } from './labels';

/** A number on a line: its ref, and whether it is still a partial sum. */
export interface EdgeNumber {
  quantity: Quantity;
  ref: string | null;
  value: number;
  partial: boolean;
  /** Whether the step computes or uses it. */
  lit: boolean;
}

export interface EdgeState {
  placed: PlacedEdge;
  ink: EdgeStyle;
  label: Label | undefined;
  /** The step involves it; in a large crowd, only if its number fits. */
  current: boolean;
  flow: Focus['flow'];
  /** Changes with every step, so that the flow animation starts again. */
  moment: number;
  numbers: readonly EdgeNumber[];
}

export interface Group {
  target: string;
  edges: readonly EdgeState[];
}

interface Shown {
  quantity: Quantity;
  /** The absolute value of the strongest line. */
  scale: number;
  known: (ref: string) => boolean;
  summed: Summed;
}

/** A line without the state of the current step. */
export type Resting = Pick<EdgeState, 'placed' | 'ink'>;

/** Most steps change no ink: then the previous array is returned. */
export function restingEdges(
  edges: readonly PlacedEdge[],
  { quantity, scale, known, summed }: Shown,
  before: readonly Resting[],
): readonly Resting[] {
  let same = edges.length === before.length;
  const resting = edges.map((placed, place) => {
    const ink = edgeStyleOf(placed.edge, quantity, known, summed, scale);
    const old = before[place];
    if (old?.placed === placed && sameInk(old.ink, ink)) return old;
    same = false;
    return { placed, ink };
  });
  return same ? before : resting;
}

interface Moment {
  focus: Focus;
  cursor: number;
  pieces: readonly Piece[];
  known: (ref: string) => boolean;
  labels: ReadonlyMap<string, Label>;
  layout: Pick<Layout, 'nodes' | 'edges'>;
  faces: Faces;
  sum: { ref: string; sofar: number } | null;
  /** Whether the flow is animated: not while steps follow each other rapidly. */
  flows: boolean;
}

/**
 * More current edges than this have no animation, and no numbers that do not fit: then being current changes nothing.
 */
const CROWD = 12;

export function edgeStates(resting: readonly Resting[], at: Moment): EdgeState[] {
  const { focus } = at;
  const crowded = focus.edges.size > CROWD;
  const inStep = new Map<string, readonly EdgeNumber[]>();
  if (!crowded) {
    for (const { placed, ink } of resting) {
      if (focus.edges.has(placed.edge.id)) inStep.set(placed.edge.id, numbersInStep(placed, ink, at));
    }
  }
  const lit = resting.flatMap(({ placed }) => {
    const lines = inStep.get(placed.edge.id)?.length ?? 0;
    return lines > 0 ? [{ placed, lines }] : [];
  });
  const labels = crowdedOut(at.labels, lit, at.layout, at.faces);
  return resting.map(({ placed, ink }) => {
    const label = labels.get(placed.edge.id);
    const current = focus.edges.has(placed.edge.id) && (!crowded || label?.room === true);
    return {
      placed,
      ink,
      label,
      current,
      flow: current && !crowded && at.flows ? focus.flow : null,
      moment: current ? at.cursor : 0,
      numbers: inStep.get(placed.edge.id) ?? restingNumbers(ink),
    };
  });
}

const NONE: readonly EdgeNumber[] = [];
const rested = new WeakMap<EdgeStyle, readonly EdgeNumber[]>();

/** Returns the same list for the same ink. */
function restingNumbers(ink: EdgeStyle): readonly EdgeNumber[] {
  const { quantity, ref, value } = ink;
  if (value === null) return NONE;
  const found = rested.get(ink) ?? [{ quantity, ref, value, partial: false, lit: false }];
  rested.set(ink, found);
  return found;
}

const QUANTITIES: Record<Facing, Quantity> = { value: 'weight', gradient: 'gradient', next: 'next' };

/** The number that the line always shows, and those that the step computes for its weight or multiplies by. */
function numbersInStep({ edge }: PlacedEdge, ink: EdgeStyle, { pieces, known, sum }: Moment): EdgeNumber[] {
  const own = edge.ref;
  if (!own) return [];
  const lit = facingsOf(pieces, own).map((facing) => ({ quantity: QUANTITIES[facing], ref: facedRef(own, facing) }));
  const shown = { quantity: ink.quantity, ref: quantityRef(edge, ink.quantity) };
  const beside = lit.some(({ quantity }) => quantity === ink.quantity) ? [] : [shown];
  return [...lit, ...beside].flatMap(({ quantity, ref }): EdgeNumber[] => {
    const isLit = quantity !== ink.quantity || beside.length === 0;
    const isKnown = quantity === 'product' ? ink.value !== null : ref !== null && known(ref);
    if (isKnown) return [{ quantity, ref, value: edge[quantity] ?? Number.NaN, partial: false, lit: isLit }];
    return sum && ref === sum.ref ? [{ quantity, ref, value: sum.sofar, partial: true, lit: isLit }] : [];
  });
}

/** Groups the edges by the unit that they lead into. */
export function grouped(states: readonly EdgeState[]): Group[] {
  const groups = new Map<string, EdgeState[]>();
  for (const state of states) {
    const { target } = state.placed.edge;
    const group = groups.get(target);
    if (group) group.push(state);
    else groups.set(target, [state]);
  }
  return [...groups].map(([target, edges]) => ({ target, edges }));
}

let last: ReadonlyMap<string, Group> = new Map();

/** Returns the previous groups where they are equal, so that they are not drawn again. */
export function steadyGroups(groups: readonly Group[]): Group[] {
  const steady = groups.map((group) => {
    const before = last.get(group.target);
    return before && sameEdges(before.edges, group.edges) ? before : group;
  });
  last = new Map(steady.map((group) => [group.target, group]));
  return steady;
}

function sameEdges(one: readonly EdgeState[], other: readonly EdgeState[]): boolean {
  return one.length === other.length && one.every((edge, place) => same(STATE, edge, other[place] as EdgeState));
}

const sameInk = (one: EdgeStyle, other: EdgeStyle): boolean => same(INK, one, other);

const STATE = ['placed', 'ink', 'label', 'current', 'flow', 'moment', 'numbers'] as const satisfies (keyof EdgeState)[];
const INK = ['quantity', 'ref', 'value', 'width', 'strength', 'negative'] as const satisfies (keyof EdgeStyle)[];

function same<Shape extends object>(keys: readonly (keyof Shape)[], one: Shape, other: Shape): boolean {
  return keys.every((key) => Object.is(one[key], other[key]));
}

/** Many lines as a few strokes: those with one sign and almost the same strength are drawn together. Pure geometry. */

/** Two neighbouring levels are indistinguishable: they differ by an eighth of a pixel in width. */
export const LEVELS = 32;

interface Stroke {
  negative: boolean;
  /** From 0 to 1, as an edge's strength. */
  strength: number;
  width: number;
  lines: readonly PlacedEdge[];
}

/** From the weakest to the strongest, so that strong ones are on top. */
export function strokesOf(resting: readonly Resting[]): Stroke[] {
  const levels = new Map<number, PlacedEdge[]>();
  for (const { placed, ink } of resting) {
    const key = 2 * Math.round(ink.strength * LEVELS) + Number(ink.negative);
    const lines = levels.get(key);
    if (lines) lines.push(placed);
    else levels.set(key, [placed]);
  }
  return [...levels]
    .sort(([one], [other]) => one - other)
    .map(([key, lines]) => {
      const strength = Math.floor(key / 2) / LEVELS;
      return { negative: key % 2 === 1, strength, width: THIN + (THICK - THIN) * strength, lines };
    });
}

/** Draws strokes on a canvas, in the page's own colours. */

export interface Inks {
  positive: string;
  negative: string;
  zero: string;
}

const DASH = [7, 5];

/** The colours of the current theme. */
export function inksAt(element: Element): Inks {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--shown-${name}`);
  return { positive: colour('positive'), negative: colour('negative'), zero: colour('zero') };
}

export function paint(
  context: CanvasRenderingContext2D,
  strokes: readonly Stroke[],
  { positive, negative, zero }: Inks,
  { x, y, scale }: View,
  density: number,
): void {
  const { width, height } = context.canvas;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(density * scale, 0, 0, density * scale, density * x, density * y);
  for (const stroke of strokes) {
    const strong = stroke.negative ? negative : positive;
    context.strokeStyle = `color-mix(in oklab, ${strong} ${stroke.strength * 100}%, ${zero})`;
    context.lineWidth = stroke.width;
    context.setLineDash(stroke.negative ? DASH : []);
    context.beginPath();
    for (const { from, to } of stroke.lines) {
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
    }
    context.stroke();
  }
}
