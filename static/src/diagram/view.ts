/** Everything that the diagram is drawn from, computed once for each change of its inputs. */

import { computed } from '@preact/signals';
import type { TraceEdge, TraceNode } from '../api/types';
import { focusOf, NO_FOCUS } from '../model/focus';
import { factorOf, functionsOf, type Stuck, stuckOf } from '../model/functions';
import { same } from '../model/json';
import { layout } from '../model/layout';
import { ownerOf, ownersOf } from '../model/picture';
import { type Faces, facesAt } from '../model/plan';
import { hover, selection } from '../state/attention';
import { present } from '../state/history';
import { isKnown } from '../state/known';
import { behind, cursor, edgeMode, history, pieces, sample, trace } from '../state/store';
import { step } from '../state/telling';
import { legible } from '../state/view';
import { columns, shownUnits, space, visibleGraph } from '../state/visibleGraph';
import { largest, quantityAt, quantityRef, type Summed } from './edgeStyle';
import { heatsOf, knownWith } from './heat-layout';
import { placeLabels } from './labels';
import { view } from './zoom';

/** Which network is drawn: the previous one until a new one has been traced. */
export const drawnOpening = computed<number>(() => {
  if (!behind.value) lastOpening = present(history.value)?.opening ?? 0;
  return lastOpening;
});
let lastOpening = 0;

const structure = computed(() => {
  const { nodes, edges } = visibleGraph.value ?? {};
  return JSON.stringify([nodes?.map(({ id, layer }) => [id, layer]), edges?.map(({ id }) => id)]);
});

/** Positions depend only on which parts are drawn: while numbers change, nothing moves. */
const shape = computed(() => {
  void structure.value;
  const { nodes, edges } = visibleGraph.peek() ?? {};
  return { nodes: nodes ?? [], edges: edges ?? [] };
});

export const placed = computed(() =>
  layout(shape.value.nodes, shape.value.edges, space.value, shownUnits.value, legible.value),
);

/** Which numbers fit at the nodes: the same object while zooming does not change the result. */
export const faces = computed<Faces>(() => {
  const { scale } = view.value;
  const now = facesAt(placed.value, scale, legible.value, placed.value.activated);
  if (!same(now, before)) before = now;
  return before;
});
let before: Faces = facesAt({ gap: 0, pitch: 0 }, 1, 1, false);

/** The same positions with the numbers of the newest trace. */
export const drawn = computed(() => {
  const { nodes, edges } = visibleGraph.value ?? {};
  const fresh = new Map([...(nodes ?? []), ...(edges ?? [])].map((part) => [part.id, part]));
  return {
    nodes: placed.value.nodes.map((one) => ({ ...one, node: (fresh.get(one.node.id) ?? one.node) as TraceNode })),
    edges: placed.value.edges.map((one) => ({ ...one, edge: (fresh.get(one.edge.id) ?? one.edge) as TraceEdge })),
  };
});

/** Up to this many lines are separate elements, and can be reached by keyboard; more are one drawing. */
const MOST_PARTS = 100;
export const asParts = computed(() => placed.value.edges.length <= MOST_PARTS);

/** Which number the lines show, and the largest of them: the same for many steps. */
export const quantity = computed(() => quantityAt(trace.value?.stages ?? [], cursor.value, edgeMode.value));
export const scale = computed(() => (trace.value ? largest(trace.value, quantity.value) : 0));

/** The largest of them, once all are known: earlier it would reveal later numbers. */
export const scaleShown = computed(() => {
  const shown = quantity.value;
  const edges = visibleGraph.value?.edges?.flatMap((edge) => quantityRef(edge, shown) ?? []) ?? [];
  const isProduct = shown === 'product';
  const inLines = visibleGraph.value?.edges?.every((edge) => !isProduct || summed.value(edge)) ?? !isProduct;
  // Of a picture of weights, the last number is the last to be known.
  const last = heats.value.map(({ layer, weights }) => knownWith(layer, [0, lastIn(weights[0])], shown, sample.value));
  return inLines && [...edges, ...last].every(isKnown) ? scale.value : null;
});

const lastIn = (row: ArrayLike<unknown> | undefined): number => (row?.length ?? 1) - 1;

/** Products are known with the sum of their unit. */
export const summed = computed<Summed>(() => {
  const sums = new Map(visibleGraph.value?.nodes?.map(({ id, ref, pre }) => [id, pre?.ref ?? ref]));
  return ({ target }) => isKnown(sums.get(target) ?? '');
});

/** The functions that the units of each column apply to their sums. */
export const functions = computed(() => functionsOf(columns.value));

/** Units that pass no gradient back, by the ids of their nodes, up to the current step. */
export const stuck = computed<ReadonlyMap<string, Stuck>>(() => {
  const stages = trace.value?.stages ?? [];
  const found = new Map<string, Stuck>();
  for (const { id, layer, index, role } of visibleGraph.value?.nodes ?? []) {
    if (role === 'bias' || index === null) continue;
    const state = stuckOf(functions.value[layer] ?? [], index, stages, cursor.value);
    if (state) found.set(id, state.kind);
  }
  return found;
});

const NO_FACTORS: readonly null[] = [];

/** The random factors of a unit's functions, up to the current step: the same list for many steps. */
const factors = computed(() => {
  const found = new Map<string, ({ ref: string; value: number } | null)[]>();
  for (const { id, layer, index, role } of visibleGraph.value?.nodes ?? []) {
    if (role === 'bias' || index === null) continue;
    const all = (functions.value[layer] ?? []).map((one) => factorOf(trace.value, one, sample.value, index));
    if (all.some((one) => one !== null)) found.set(id, all);
  }
  return found;
});

export function factorsOf(id: string): readonly ({ ref: string; value: number } | null)[] {
  const all = factors.value.get(id);
  return all?.every((one) => one === null || isKnown(one.ref)) ? all : NO_FACTORS;
}

export const heats = computed(() =>
  trace.value ? heatsOf(trace.value, columns.value, placed.value.between, quantity.value) : [],
);

export const labels = computed(() => placeLabels(placed.value, faces.value));

/** Whether every number fits, at the units and on the lines; those of a picture of weights have no space. */
export const complete = computed(
  () => faces.value.complete && asParts.value && [...labels.value.values()].every(({ room }) => room),
);
export const focus = computed(() =>
  visibleGraph.value ? focusOf(visibleGraph.value, pieces.value, sample.value, step.value?.term?.factors) : NO_FOCUS,
);

const part = (ref: string) =>
  visibleGraph.value ? (ownerOf(ownersOf(visibleGraph.value), visibleGraph.value, ref)?.id ?? null) : null;
export const selectedPart = computed(() => (selection.value === null ? null : part(selection.value)));
export const hoverParts = computed(() => new Set(hover.value.map(part)));
