/** What the current step touches: its nodes, its edges, and the direction of flow along them. */

import type { PhaseName, Stage, Trace, TraceEdge, TraceNode } from '../api/types';
import type { Piece } from './cursor';
import { hasProbabilities } from './lookup';
import { truthRef, type VisibleGraph } from './picture';
import { baseOf, gradientOf, nextOf } from './refs';
import { growingAt, isComputed, makerOf } from './results';

export interface Focus {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
  /** Zero-based outputs whose target takes part. */
  truths: ReadonlySet<number>;
  loss: boolean;
  flow: 'forward' | 'backward' | null;
}

export const NO_FOCUS: Focus = {
  nodes: new Set(),
  edges: new Set(),
  truths: new Set(),
  loss: false,
  flow: null,
};

/** `factors` are the refs of the numbers in the current term, as the service names them. */
export function focusOf(
  trace: VisibleGraph,
  pieces: readonly Piece[],
  sample: number,
  factors: readonly string[] = [],
): Focus {
  const first = pieces[0];
  if (!first || !trace.nodes || !trace.edges) return NO_FOCUS;
  if (first.term !== null) return termFocus(trace, first, sample, factors);
  const isNow = (ref: string) => isComputed(trace, pieces, ref);
  const computes = new Set(pieces.map(({ stage }) => stage.computes));
  const ids = (nodes: Node[]) => new Set(nodes.map(({ id }) => id));
  const touched = ids(trace.nodes.filter((node) => touches(node, isNow)));
  // Edges carry weights into a unit's sum, not into its activation; gradients flow back along them to their sources.
  const summed = ids(trace.nodes.filter(({ ref, pre }) => isNow(pre?.ref ?? ref)));
  const collected = ids(trace.nodes.filter(({ ref }) => isNow(gradientOf(ref))));
  const edges = trace.edges.filter(
    ({ ref, source, target }) =>
      (ref && (isNow(gradientOf(ref)) || isNow(nextOf(ref)))) ||
      ((computes.has('output') || computes.has('probabilities')) && summed.has(target)) ||
      ((computes.has('input_gradient') || computes.has('loss_gradient')) && collected.has(source)),
  );
  const outputs = comparedNodes(trace);
  const compared = computes.has('loss') || computes.has('loss_gradient');
  const scored = trace.nodes.filter(({ role }) => role === 'output');
  const truths = scored.flatMap(({ id, index }) =>
    computes.has('loss') || (compared && touched.has(id)) ? [index ?? 0] : [],
  );
  // The compared values take part: the outputs, or their probabilities.
  const met = ids(outputs.filter(({ index }) => truths.includes(index ?? 0)));
  return {
    nodes: new Set([...touched, ...met]),
    edges: new Set(edges.map(({ id }) => id)),
    truths: new Set(truths),
    loss: compared,
    flow: flowOf(first.stage.phase),
  };
}

/** Term by term: the running sum and the numbers in the current term; only the sum until that term has arrived. */
function termFocus(trace: VisibleGraph, piece: Piece, sample: number, factors: readonly string[]): Focus {
  const sum = growingAt([piece], sample);
  if (!sum) return NO_FOCUS;
  const { stage } = piece;
  const made = new Set(factors);
  const owner = trace.nodes?.find((node) => touches(node, (ref) => ref === sum.ref))?.id;
  const refs = new Map(trace.nodes?.map(({ id, ref }) => [id, ref]));
  const brings = ({ ref, source, target }: TraceEdge): boolean =>
    ref === null ? target === owner && made.has(refs.get(source) ?? '') : made.has(ref) || ref === baseOf(sum.ref);
  const isLoss = stage.computes === 'loss' || stage.computes === 'loss_gradient';
  const met = new Set(isLoss ? comparedNodes(trace).filter(({ ref }) => made.has(ref)) : []);
  const touched = (trace.nodes ?? []).filter((one) => one.id === owner || met.has(one));
  const outputs = (trace.nodes ?? []).filter(({ role }) => role === 'output');
  const truths = outputs.flatMap(({ index }) => (made.has(truthRef(sample, index ?? 0)) ? [index ?? 0] : []));
  return {
    nodes: new Set(touched.map(({ id }) => id)),
    edges: new Set(trace.edges?.filter(brings).map(({ id }) => id)),
    truths: new Set(isLoss ? truths : []),
    loss: isLoss,
    flow: flowOf(stage.phase),
  };
}

type Node = TraceNode;

/** The nodes that the loss compares with the targets: the outputs, or the probabilities that it computes from them. */
export function comparedNodes(trace: VisibleGraph): Node[] {
  const role = hasProbabilities(trace) ? 'probability' : 'output';
  return (trace.nodes ?? []).filter((node) => node.role === role);
}

function flowOf(phase: PhaseName): Focus['flow'] {
  if (phase === 'update') return null;
  return phase === 'backward' ? 'backward' : 'forward';
}

function touches({ ref, pre }: Node, isNow: (ref: string) => boolean): boolean {
  const own = [ref, gradientOf(ref), ...(pre ? [pre.ref, gradientOf(pre.ref)] : [])];
  return own.some(isNow);
}

/**
 * Which number of a tensor the current step is about: the one that it computes, or else the one that its formulas
 * contain, so that a factor can be read where the picture is highlighted.
 */

export type Facing = 'value' | 'gradient' | 'next';

/** Those of a weight, a bias or another parameter, by the ref of one of its entries or of the whole tensor. */
export function facingsOf(pieces: readonly Piece[], ref: string): Facing[] {
  const tensor = ref.split('[')[0] as string;
  const layer = tensor.slice(0, tensor.indexOf('.'));
  const does = (computes: Stage['computes']) =>
    pieces.some(({ stage }) => stage.layer === layer && stage.computes === computes);
  const updates = does('next');
  return [
    ...(isRead(pieces, tensor) ? (['value'] as const) : []),
    ...(updates || does('parameter_gradients') ? (['gradient'] as const) : []),
    ...(updates ? (['next'] as const) : []),
  ];
}

/** That of an input or of a layer's output, `x` or `relu_1.output`; null if the step is not about it. */
export function facingOf({ stages }: Pick<Trace, 'stages'>, pieces: readonly Piece[], tensor: string): Facing | null {
  const computed = (ref: string) => {
    const maker = makerOf(stages, ref);
    return maker?.computed && pieces.some(({ stage }) => stage === maker.stage);
  };
  if (computed(gradientOf(tensor))) return 'gradient';
  return computed(tensor) || isRead(pieces, tensor) ? 'value' : null;
}

const isRead = (pieces: readonly Piece[], tensor: string): boolean =>
  pieces.some(({ stage }) => stage.reads.includes(tensor));

/** The ref of that number. */
export function facedRef(ref: string, facing: Facing): string {
  return { value: ref, gradient: gradientOf(ref), next: nextOf(ref) }[facing];
}
