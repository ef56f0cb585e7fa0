/** What the current step touches: its nodes, its edges, and which way things flow along them. */

import type { Trace } from '../api/types';
import { gradientOf } from '../refs';
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
  const nodes = new Set(trace.nodes.filter((node) => touches(node, refs)).map(({ id }) => id));
  const edges = new Set(
    trace.edges
      .filter(
        ({ ref, source, target }) =>
          (ref && (refs.has(gradientOf(ref)) || refs.has(`${ref}`.replace('[', '.next[')))) ||
          (computes.has('output') && nodes.has(target) && isWeighted(trace, target, refs)) ||
          (computes.has('input_gradient') && nodes.has(source) && feeds(trace, source, refs)),
      )
      .map(({ id }) => id),
  );
  const outputs = trace.nodes.filter(({ role }) => role === 'output');
  const lossStep = computes.has('loss') || computes.has('loss_gradient');
  const truths = outputs.flatMap((node, place) =>
    computes.has('loss') || (lossStep && nodes.has(node.id)) ? [place] : [],
  );
  return {
    nodes: computes.has('loss') ? new Set([...nodes, ...outputs.map(({ id }) => id)]) : nodes,
    edges,
    truths: new Set(truths),
    loss: lossStep,
    flow: first.stage.phase === 'backward' ? 'backward' : first.stage.phase === 'update' ? null : 'forward',
  };
}

type Node = NonNullable<Trace['nodes']>[number];

function touches({ ref, pre }: Node, refs: ReadonlySet<string>): boolean {
  const own = [ref, gradientOf(ref), ...(pre ? [pre.ref, gradientOf(pre.ref)] : [])];
  return own.some((one) => refs.has(one));
}

/** Edges carry weights into a unit's sum, not into its activation. */
function isWeighted(trace: Trace, id: string, refs: ReadonlySet<string>): boolean {
  const node = trace.nodes?.find((one) => one.id === id);
  return node !== undefined && refs.has(node.pre?.ref ?? node.ref);
}

function feeds(trace: Trace, id: string, refs: ReadonlySet<string>): boolean {
  const node = trace.nodes?.find((one) => one.id === id);
  return node !== undefined && refs.has(gradientOf(node.ref));
}
