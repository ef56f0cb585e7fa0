/** What the current step touches: its nodes, its edges, and which way things flow along them. */

import type { PhaseName, Trace } from '../api/types';
import { gradientOf, nextOf } from '../refs';
import { computedRefs } from '../timeline/computed';
import type { Piece } from '../timeline/cursor';

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

export function focusOf(trace: Trace, pieces: readonly Piece[], sample: number): Focus {
  const first = pieces[0];
  if (!first || !trace.nodes || !trace.edges) return NO_FOCUS;
  const refs = new Set(computedRefs(trace, pieces, sample));
  const computes = new Set(pieces.map(({ stage }) => stage.computes));
  const ids = (nodes: Node[]) => new Set(nodes.map(({ id }) => id));
  const touched = ids(trace.nodes.filter((node) => touches(node, refs)));
  // Edges carry weights into a unit's sum, not into its activation; gradients come back along them to what they left.
  const summed = ids(trace.nodes.filter(({ ref, pre }) => refs.has(pre?.ref ?? ref)));
  const collected = ids(trace.nodes.filter(({ ref }) => refs.has(gradientOf(ref))));
  const edges = trace.edges.filter(
    ({ ref, source, target }) =>
      (ref && (refs.has(gradientOf(ref)) || refs.has(nextOf(ref)))) ||
      (computes.has('output') && summed.has(target)) ||
      (computes.has('input_gradient') && collected.has(source)),
  );
  const outputs = trace.nodes.filter(({ role }) => role === 'output');
  const compared = computes.has('loss') || computes.has('loss_gradient');
  const truths = outputs.flatMap(({ id }, unit) =>
    computes.has('loss') || (compared && touched.has(id)) ? [unit] : [],
  );
  return {
    nodes: computes.has('loss') ? new Set([...touched, ...ids(outputs)]) : touched,
    edges: new Set(edges.map(({ id }) => id)),
    truths: new Set(truths),
    loss: compared,
    flow: flowOf(first.stage.phase),
  };
}

type Node = NonNullable<Trace['nodes']>[number];

function flowOf(phase: PhaseName): Focus['flow'] {
  if (phase === 'update') return null;
  return phase === 'backward' ? 'backward' : 'forward';
}

function touches({ ref, pre }: Node, refs: ReadonlySet<string>): boolean {
  const own = [ref, gradientOf(ref), ...(pre ? [pre.ref, gradientOf(pre.ref)] : [])];
  return own.some((one) => refs.has(one));
}
