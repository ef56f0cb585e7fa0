/** What the current step touches: its nodes, its edges, and which way things flow along them. */

import type { PhaseName, Stage, Trace, TraceEdge, TraceNode } from '../api/types';
import type { Piece } from './cursor';
import { samplesOf } from './given';
import { hasProbabilities, outputOf, shapeOf } from './lookup';
import type { VisibleGraph } from './picture';
import { baseOf, gradientOf, nextOf } from './refs';
import { type Growing, growingAt, isComputed, makerOf } from './results';

export interface Focus {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
  /** Zero-based outputs whose truth takes part. */
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

export function focusOf(trace: VisibleGraph, pieces: readonly Piece[], sample: number): Focus {
  const first = pieces[0];
  if (!first || !trace.nodes || !trace.edges) return NO_FOCUS;
  if (first.term !== null) return termFocus(trace, first, sample);
  const isNow = (ref: string) => isComputed(trace, pieces, ref);
  const computes = new Set(pieces.map(({ stage }) => stage.computes));
  const ids = (nodes: Node[]) => new Set(nodes.map(({ id }) => id));
  const touched = ids(trace.nodes.filter((node) => touches(node, isNow)));
  // Edges carry weights into a unit's sum, not into its activation; gradients come back along them to what they left.
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
  // What is compared takes part: the outputs, or their probabilities.
  const met = ids(outputs.filter(({ index }) => truths.includes(index ?? 0)));
  return {
    nodes: new Set([...touched, ...met]),
    edges: new Set(edges.map(({ id }) => id)),
    truths: new Set(truths),
    loss: compared,
    flow: flowOf(first.stage.phase),
  };
}

/** Term by term: the number that grows, and the one edge that brings the current term. */
function termFocus(trace: VisibleGraph, piece: Piece, sample: number): Focus {
  const grown = growingAt([piece], sample);
  if (!grown) return NO_FOCUS;
  const { stage, first: node } = piece;
  const carrier = carrierOf(trace, piece, grown);
  const ownerId = trace.nodes?.find(({ ref }) => ref === grown.ref)?.id;
  const isCarrier = ({ ref, source, target }: TraceEdge): boolean =>
    ref === null ? source === carrier && target === ownerId : ref === carrier;
  const outputs = outputOf(trace)[0]?.length ?? 0;
  // A loss goes through the outputs of one sample after the other, softmax with cross entropy through whole samples.
  const whole = stage.terms === samplesOf(trace.document) && outputs > 1;
  const compared = stage.computes === 'loss' ? grown.term - sample * outputs : node;
  const isLoss = stage.computes === 'loss' || stage.computes === 'loss_gradient';
  const all = Array.from({ length: outputs }, (_, unit) => unit);
  const met =
    stage.computes === 'loss' && whole
      ? all.filter(() => grown.term === sample)
      : all.filter((unit) => isLoss && unit === compared);
  const goal = new Set(comparedNodes(trace));
  const isMet = (one: Node) => goal.has(one) && met.some((unit) => unit === one.index);
  const touched = (trace.nodes ?? []).filter((one) => touches(one, (ref) => ref === grown.ref) || isMet(one));
  return {
    nodes: new Set(touched.map(({ id }) => id)),
    edges: new Set(trace.edges?.filter(isCarrier).map(({ id }) => id)),
    truths: new Set(met),
    loss: isLoss,
    flow: flowOf(stage.phase),
  };
}

/**
 * The weight that the current term passes: of its unit's column going forward, of its row coming back, or its own. To a
 * probability it is the output that brings it.
 */
function carrierOf(trace: VisibleGraph, { stage, first: node }: Piece, { ref, term }: Growing): string | null {
  const layer = trace.layers.find(({ name }) => name === stage.layer);
  if (stage.computes === 'parameter_gradients' || stage.computes === 'next') return baseOf(ref);
  if (stage.computes === 'probabilities') {
    const unit = stage.terms === 1 ? node : term;
    return trace.nodes?.find(({ role, index }) => role === 'output' && index === unit)?.id ?? null;
  }
  const [inputs, ...columns] = shapeOf(trace.tensors[`${layer?.name}.w`]);
  if (!layer || inputs === undefined || columns.length !== 1) return null;
  if (stage.computes === 'input_gradient') return `${layer.name}.w[${node},${term}]`;
  return term < inputs ? `${layer.name}.w[${term},${node}]` : `${layer.name}.b[${node}]`;
}

type Node = TraceNode;

/** What the loss holds against the truths: the outputs, or the probabilities that it makes of them. */
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
 * Which number of a tensor the current step is about: the one that it computes, or else the one that its formulas are
 * made of, so that what a formula multiplies by can be read where the picture is lit.
 */

export type Facing = 'value' | 'gradient' | 'next';

/** Those of a weight, a bias or another parameter, by the ref of one of its entries or of all of it. */
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

/** That of an input or of a layer's output, `x` or `relu_1.output`; null where the step is not about it. */
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

/** The ref of such a number. */
export function facedRef(ref: string, facing: Facing): string {
  return { value: ref, gradient: gradientOf(ref), next: nextOf(ref) }[facing];
}
