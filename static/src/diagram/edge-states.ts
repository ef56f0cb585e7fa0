/** What each edge shows at this moment, in groups that stay the same objects while nothing in them changes. */

import type { Focus } from './focus';
import type { Ink } from './ink';
import type { Label } from './labels';
import type { PlacedEdge } from './layout';

export interface EdgeState {
  placed: PlacedEdge;
  ink: Ink;
  label: Label | undefined;
  /** Takes part in the step; of very many only those that have room for their number. */
  current: boolean;
  flow: Focus['flow'];
  /** Changes with every step, so that what flows flows anew. */
  moment: number;
  /** Its gradient as far as it has been added up over the batch. */
  sofar: number | null;
}

export interface Group {
  target: string;
  edges: readonly EdgeState[];
}

/** The edges that lead into one unit belong together. */
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

/** The groups that were there before, where they are the same: then nothing of them need be drawn again. */
export function steadyGroups(groups: readonly Group[]): Group[] {
  const steady = groups.map((group) => {
    const before = last.get(group.target);
    return before && sameEdges(before.edges, group.edges) ? before : steadied(group, before);
  });
  last = new Map(steady.map((group) => [group.target, group]));
  return steady;
}

/** Within a group that has changed, the edges that have not stay the same objects. */
function steadied({ target, edges }: Group, before: Group | undefined): Group {
  return {
    target,
    edges: edges.map((edge, place) => {
      const old = before?.edges[place];
      return old && same(INK, old.ink, edge.ink) ? { ...edge, ink: old.ink } : edge;
    }),
  };
}

function sameEdges(one: readonly EdgeState[], other: readonly EdgeState[]): boolean {
  return one.length === other.length && one.every((edge, place) => sameState(edge, other[place] as EdgeState));
}

function sameState(one: EdgeState, other: EdgeState): boolean {
  return same(STATE, one, other) && same(INK, one.ink, other.ink);
}

const STATE = ['placed', 'label', 'current', 'flow', 'moment', 'sofar'] as const satisfies (keyof EdgeState)[];
const INK = ['quantity', 'ref', 'value', 'width', 'strength', 'negative'] as const satisfies (keyof Ink)[];

function same<Shape extends object>(keys: readonly (keyof Shape)[], one: Shape, other: Shape): boolean {
  return keys.every((key) => Object.is(one[key], other[key]));
}
