/** What an edge shows at this moment: which number, how wide and how strongly coloured. */

import type { Stage, Tensor, Trace, TraceEdge } from '../api/types';
import type { EdgeMode, Quantity } from '../model/choices';
import { isJoining } from '../model/columns';
import { phaseAt } from '../model/cursor';
import { gradientOf, nextOf } from '../model/refs';

export interface EdgeStyle {
  quantity: Quantity;
  /** The ref of the number shown; `null` while it has not been computed, and where it has none, as products have. */
  ref: string | null;
  value: number | null;
  width: number;
  /** From 0, neutral, to 1, the strongest of its kind in the picture. */
  strength: number;
  negative: boolean;
}

export const THIN = 1.25;
export const THICK = 5;

/** Going backward an edge is its gradient, before that its weight, and in the update its new weight. */
export function quantityAt(stages: readonly Stage[], cursor: number, mode: EdgeMode): Quantity {
  if (mode !== 'auto') return mode;
  const phase = phaseAt(stages, cursor);
  if (phase === 'backward') return 'gradient';
  return phase === 'update' ? 'next' : 'weight';
}

/** The largest size of a quantity in the whole network, so that a colour keeps its meaning while numbers appear. */
export function largest(trace: Trace, edges: readonly TraceEdge[], quantity: Quantity): number {
  // A product belongs to one sample and to a line; all else is the parameters'.
  const found: Tensor[] =
    quantity === 'product' && edges.length > 0
      ? edges.map(({ product }) => product ?? 0)
      : trace.layers
          .filter(isJoining)
          .flatMap(({ parameters }) =>
            parameters.map((parameter) => trace.tensors[tensorOf(parameter, quantity)] ?? []),
          );
  let most = 0;
  const count = (tensor: Tensor) => {
    if (typeof tensor !== 'number') for (const one of tensor) count(one);
    else if (Math.abs(tensor) > most && Math.abs(tensor) < Number.POSITIVE_INFINITY) most = Math.abs(tensor);
  };
  count(found);
  return most;
}

/** Of a parameter the tensor of a quantity; for products the parameter itself stands. */
export const tensorOf = (parameter: string, quantity: Quantity): string =>
  quantity === 'gradient' ? gradientOf(parameter) : quantity === 'next' ? nextOf(parameter) : parameter;

/** Whether the sum that a product goes into is known; a product is known with it. */
export type Summed = (edge: TraceEdge) => boolean;

export function edgeStyleOf(
  edge: TraceEdge,
  quantity: Quantity,
  known: (ref: string) => boolean,
  summed: Summed,
  scale: number,
): EdgeStyle {
  const ref = quantityRef(edge, quantity);
  const isKnown = quantity === 'product' ? edge.ref !== null && summed(edge) : ref !== null && known(ref);
  if (!isKnown) return { quantity, ref: null, value: null, width: THIN, strength: 0, negative: false };
  const value = edge[quantity] ?? Number.NaN;
  const strength = strengthOf(Math.abs(value), scale);
  return { quantity, ref, value, width: THIN + (THICK - THIN) * strength, strength, negative: value < 0 };
}

function strengthOf(size: number, scale: number): number {
  if (Number.isNaN(size)) return 0;
  return scale > 0 ? Math.min(1, size / scale) : Number(size > 0);
}

export function quantityRef(edge: TraceEdge, quantity: Quantity): string | null {
  if (!edge.ref || quantity === 'product') return null;
  if (quantity === 'weight') return edge.ref;
  return quantity === 'gradient' ? gradientOf(edge.ref) : nextOf(edge.ref);
}
