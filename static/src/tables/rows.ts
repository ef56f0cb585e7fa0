/** The diagram in rows: a row for each unit and for each weight, in the order of the picture. */

import type { TraceEdge, TraceNode } from '../api/types';
import { type Column, isJoining } from '../model/columns';
import { comparedNodes, type Focus } from '../model/focus';
import { valueAt } from '../model/lookup';
import { truthRef, type VisibleGraph } from '../model/picture';
import { baseOf, gradientOf, nextOf, plainSymbol } from '../model/refs';

/** A number as it is known at the cursor. */
export interface Entry {
  /** `null` if it has no separate explanation, such as a product. */
  ref: string | null;
  /** `null` until it has been computed. */
  value: number | null;
  /** A sum that is still being added up. */
  sofar: boolean;
}

export interface NodeRow {
  node: TraceNode;
  current: boolean;
  value: Entry;
  /** `null` if there is no such number. */
  gradient: Entry | null;
  pre: Entry | null;
  preGradient: Entry | null;
}

export interface EdgeRow {
  edge: TraceEdge;
  ref: string;
  current: boolean;
  weight: Entry;
  product: Entry;
  gradient: Entry;
  next: Entry;
}

export interface GoalRow {
  ref: string;
  symbol: string;
  role: 'truth' | 'loss';
  current: boolean;
  value: Entry;
}

export interface ColumnRows {
  /** The layers that compute it; empty for the inputs. */
  layers: readonly string[];
  units: readonly NodeRow[];
  weights: readonly EdgeRow[];
  /** The number of its units without a row. */
  moreUnits: number;
  moreWeights: number;
}

export interface Moment {
  focus: Focus;
  known: (ref: string) => boolean;
  sum: { ref: string; sofar: number } | null;
  selected: string | null;
}

/** At most this many weights into a column are listed. */
export const MAX_ROWS = 100;

/** The rows of a trace's listed nodes and edges. */
export function rowsOf(trace: VisibleGraph, columns: readonly Column[], at: Moment): ColumnRows[] {
  const nodes = trace.nodes ?? [];
  const columnsOfNodes = new Map(nodes.map(({ id, layer }) => [id, layer]));
  const sums = new Map(nodes.map(({ id, ref, pre }) => [id, pre?.ref ?? ref]));
  return columns.map(({ count, edges, layers }, place) => {
    const units = nodes.filter(({ layer }) => layer === place).map((node) => nodeRow(node, at));
    const all = (trace.edges ?? [])
      .filter(({ target }) => columnsOfNodes.get(target) === place)
      .flatMap((edge) => edgeRow(edge, sums.get(edge.target) ?? '', at));
    const weights = limited(all, neededWeight(at.selected), MAX_ROWS);
    return {
      layers: layers.map(({ name }) => name),
      units,
      weights,
      moreUnits: count - units.filter(({ node }) => node.index !== null).length,
      moreWeights: isJoining(layers[0]) ? edges - weights.length : 0,
    };
  });
}

/** The targets, and the loss. */
export function goalRows(trace: VisibleGraph, at: Moment): GoalRow[] {
  const outputs = comparedNodes(trace);
  const truths = outputs.flatMap(({ index }): GoalRow[] => {
    const unit = index ?? 0;
    const ref = truthRef(trace.sample, unit);
    const value = valueAt(trace, ref);
    if (value === null) return [];
    // The sample is chosen for the whole diagram, so symbols omit it.
    const symbol = plainSymbol(trace, ref);
    return [{ ref, symbol, role: 'truth', current: at.focus.truths.has(unit), value: { ref, value, sofar: false } }];
  });
  const loss = entry('loss', trace.loss.value, at);
  return [...truths, { ref: 'loss', symbol: 'ℓ', role: 'loss', current: at.focus.loss, value: loss }];
}

function nodeRow(node: TraceNode, at: Moment): NodeRow {
  const { id, ref, value, gradient, pre } = node;
  return {
    node,
    current: at.focus.nodes.has(id),
    value: entry(ref, value, at),
    gradient: gradient === null ? null : entry(gradientOf(ref), gradient, at),
    pre: pre && entry(pre.ref, pre.value, at),
    preGradient: pre && entry(gradientOf(pre.ref), pre.gradient, at),
  };
}

/** Where an activation passes a single number on there is no weight, and no row. */
export function edgeRow(edge: TraceEdge, sum: string, at: Moment): EdgeRow[] {
  const { id, ref, weight, product, gradient, next } = edge;
  if (ref === null) return [];
  return [
    {
      edge,
      ref,
      current: at.focus.edges.has(id),
      weight: entry(ref, weight, at),
      // A product is known at the same time as its sum.
      product: { ref: null, value: at.known(sum) ? product : null, sofar: false },
      gradient: entry(gradientOf(ref), gradient, at),
      next: entry(nextOf(ref), next, at),
    },
  ];
}

export function entry(ref: string, value: number | null, { known, sum }: Pick<Moment, 'known' | 'sum'>): Entry {
  if (known(ref)) return { ref, value: value ?? Number.NaN, sofar: false };
  return sum?.ref === ref ? { ref, value: sum.sofar, sofar: true } : { ref, value: null, sofar: false };
}

/** The priority of a weight in a list: the selected one first, then those of the current step. */
export function neededWeight(selected: string | null): (row: EdgeRow) => number {
  const own = selected === null ? null : baseOf(selected);
  return ({ ref, current }) => (ref === own ? 2 : Number(current));
}

/** The first ones, in their order; but entries with a higher priority take precedence. */
export function limited<T>(all: readonly T[], needed: (one: T) => number, most: number): readonly T[] {
  if (all.length <= most) return all;
  const byNeed = all.toSorted((one, other) => needed(other) - needed(one));
  const selected = new Set(byNeed.slice(0, most));
  return all.filter((one) => selected.has(one));
}
