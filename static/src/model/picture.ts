/** The drawn nodes and edges of a network, with the numbers of the trace's tensors. */

import type { LayerTrace, Trace, TraceEdge, TraceNode } from '../api/types';
import { type Column, isJoining, outputColumn, type Shown } from './columns';
import { hasParameter, numberAt, valueAt } from './lookup';
import { canonical, gradientOf, nextOf, parseRef, plainSymbol, symbolOf } from './refs';

export interface Picture {
  nodes: TraceNode[];
  edges: TraceEdge[];
}

/** A trace with its drawn nodes and edges; both are null if the network works on images. */
export type VisibleGraph = Trace & { [Part in keyof Picture]: Picture[Part] | null };

/** A column with more incoming lines than this has one picture of their weights instead of lines. */
export const MOST_LINES = 2_000;

export function pictureOf(
  trace: Trace,
  columns: readonly Column[],
  shown: readonly Shown[],
  most: number = MOST_LINES,
): Picture {
  const nodes: TraceNode[] = [];
  const edges: TraceEdge[] = [];
  let before: TraceNode[] = [];
  columns.forEach(({ layers, edges: lines }, place) => {
    const units = (shown[place]?.units ?? []).map((unit) =>
      place > outputColumn(trace, columns) ? probabilityOf(trace, place, unit) : unitOf(trace, columns, place, unit),
    );
    const [first] = layers;
    if (first && isJoining(first)) {
      const bias = hasParameter(first, 'b') ? [biasOf(trace, first, place - 1)] : [];
      nodes.splice(nodes.length - before.length, 0, ...bias);
      if (lines <= most) edges.push(...joined(trace, first, [...bias, ...before], units));
    } else if (lines <= most) {
      const alone = layers.length > 0 ? layers.every(({ elementwise }) => elementwise) : trace.loss.elementwise;
      edges.push(...plain(before, units, alone === true));
    }
    nodes.push(...units);
    before = units;
  });
  return { nodes, edges };
}

function unitOf(trace: Trace, columns: readonly Column[], place: number, unit: number): TraceNode {
  const { sample } = trace;
  const layers = columns[place]?.layers ?? [];
  const [first, last] = [layers[0], layers.at(-1)];
  const label = plainSymbol(trace, `${last?.output ?? 'x'}[${sample},${unit}]`);
  const pre = first && first !== last ? `${first.output}[${sample},${unit}]` : null;
  return {
    id: label,
    role: place === 0 ? 'input' : place === outputColumn(trace, columns) ? 'output' : 'hidden',
    label,
    layer: place,
    index: unit,
    ...numbersOf(trace, `${last?.output ?? 'x'}[${sample},${unit}]`),
    pre: pre === null ? null : { label: plainSymbol(trace, pre), ...numbersOf(trace, pre) },
  };
}

/** The probability that the loss computes from an output. */
function probabilityOf(trace: Trace, place: number, unit: number): TraceNode {
  const ref = `loss.p[${trace.sample},${unit}]`;
  const label = plainSymbol(trace, ref);
  return { id: label, role: 'probability', label, layer: place, index: unit, ...numbersOf(trace, ref), pre: null };
}

export function biasOf(trace: Trace, { name }: LayerTrace, place: number): TraceNode {
  const ref = `${name}.one[${trace.sample}]`;
  const label = plainSymbol(trace, ref);
  return { id: label, role: 'bias', label, layer: place, index: null, ...numbersOf(trace, ref), pre: null };
}

const numbersOf = (trace: Trace, ref: string) => ({
  ref,
  value: valueAt(trace, ref) ?? Number.NaN,
  gradient: valueAt(trace, gradientOf(ref)) ?? Number.NaN,
});

export function joined(trace: Trace, { name }: LayerTrace, sources: TraceNode[], targets: TraceNode[]): TraceEdge[] {
  const tensors = (part: string) =>
    ['', '.grad', '.next'].map((derivative) => trace.tensors[`${name}.${part}${derivative}`] ?? undefined);
  const [weights, biases] = [tensors('w'), tensors('b')];
  return sources.flatMap((source) =>
    targets.map((target) => {
      const isBias = source.role === 'bias';
      const index = [...(isBias ? [] : [source.index ?? 0]), target.index ?? 0];
      const part = isBias ? 'b' : 'w';
      const ref = `${name}.${part}[${index.join()}]`;
      const [weight, gradient, next] = (isBias ? biases : weights).map((tensor) => numberAt(tensor, index)) as Numbers;
      return {
        id: ref,
        source: source.id,
        target: target.id,
        ref,
        label: symbolOf(trace, ref),
        weight,
        gradient,
        next,
        product: numberAt(trace.products?.[`${name}.${part}`], index),
      };
    }),
  );
}

type Numbers = [weight: number | null, gradient: number | null, next: number | null];

/** Lines into units without weights: from the unit at the same place, or from all. */
function plain(sources: readonly TraceNode[], targets: readonly TraceNode[], alone: boolean): TraceEdge[] {
  const none = { ref: null, label: null, weight: null, gradient: null, next: null, product: null };
  return targets.flatMap((target) =>
    sources
      .filter(({ index }) => !alone || index === target.index)
      .map((source) => ({ id: `${source.id}→${target.id}`, source: source.id, target: target.id, ...none })),
  );
}

/** Which part of the picture a ref belongs to: a node, an edge, a target or the loss. */

export type Part =
  | { kind: 'node'; id: string }
  | { kind: 'edge'; id: string }
  | { kind: 'truth'; id: string; unit: number }
  | { kind: 'loss'; id: 'loss' };

/** Every step needs the owners of refs, so they are computed once for each trace. */
const cache = new WeakMap<Trace, ReadonlyMap<string, Part>>();

export function ownersOf(trace: VisibleGraph): ReadonlyMap<string, Part> {
  const owners = cache.get(trace) ?? findOwners(trace);
  cache.set(trace, owners);
  return owners;
}

function findOwners(trace: VisibleGraph): ReadonlyMap<string, Part> {
  const owners = new Map<string, Part>([['loss', { kind: 'loss', id: 'loss' }]]);
  for (const { id, ref, pre } of trace.nodes ?? []) {
    for (const one of [ref, ...(pre ? [pre.ref] : [])]) {
      owners.set(one, { kind: 'node', id });
      owners.set(gradientOf(one), { kind: 'node', id });
    }
  }
  for (const { id, ref } of trace.edges ?? []) {
    if (!ref) continue;
    for (const one of [ref, gradientOf(ref), nextOf(ref)]) owners.set(one, { kind: 'edge', id });
  }
  for (const { role, index } of trace.nodes ?? []) {
    if (role !== 'output') continue;
    const unit = index ?? 0;
    owners.set(truthRef(trace.sample, unit), { kind: 'truth', id: `truth-${unit}`, unit });
  }
  return owners;
}

export const truthRef = (sample: number, unit: number): string => `y[${sample},${unit}]`;

export function ownerOf(owners: ReadonlyMap<string, Part>, trace: Trace, ref: string): Part | null {
  // A bias node is shared by the whole batch, whichever row a formula names.
  const first = ref.replace(/\.one(\.grad)?\[\d+\]$/, (_, grad) => `.one${grad ?? ''}[${trace.sample}]`);
  return owners.get(canonical(trace.layers, ref)) ?? owners.get(first) ?? null;
}

/** The column of a ref's number, and its unit there. */

interface Place {
  column: number;
  unit: number;
}

/** A weight belongs to two units, every other number to one; what belongs to no unit has no place. */
export function placeOf(trace: Trace, columns: readonly Column[], ref: string): Place[] {
  const parsed = parseRef(canonical(trace.layers, ref));
  const unit = parsed?.index.at(-1);
  if (!parsed || unit === undefined) return [];
  if (parsed.name === 'x') return [{ column: 0, unit }];
  if (parsed.name === 'y' || parsed.name === 'loss') return [{ column: columns.length - 1, unit }];
  const column = columns.findIndex(({ layers }) => layers.some(({ name }) => name === parsed.name));
  if (column < 0 || parsed.part === 'one') return [];
  const [source] = parsed.index;
  const between = parsed.part === 'w' && parsed.index.length === 2 && source !== undefined;
  return between
    ? [
        { column: column - 1, unit: source },
        { column, unit },
      ]
    : [{ column, unit }];
}
