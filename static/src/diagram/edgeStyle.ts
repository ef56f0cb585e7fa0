/** What an edge shows at this moment: which number, the width and the strength of the colour. */

import type { Stage, Tensor, Trace, TraceEdge } from '../api/types';
import type { EdgeMode, Quantity } from '../model/choices';
import { isJoining } from '../model/columns';
import { phaseAt } from '../model/cursor';
import { strengthOf, THICK, THIN } from '../model/geometry';
import { gradientOf, nextOf } from '../model/refs';

export interface EdgeStyle {
  quantity: Quantity;
  /** The ref of the shown number; `null` until it is computed, and for products, which have no ref. */
  ref: string | null;
  value: number | null;
  width: number;
  /** From 0, neutral, to 1, the strongest of its kind in the picture. */
  strength: number;
  negative: boolean;
}

/** In the backward pass an edge shows its gradient, before that its weight, and in the update its new weight. */
export function quantityAt(stages: readonly Stage[], cursor: number, mode: EdgeMode): Quantity {
  if (mode !== 'auto') return mode;
  const phase = phaseAt(stages, cursor);
  if (phase === 'backward') return 'gradient';
  return phase === 'update' ? 'next' : 'weight';
}

/**
 * The largest absolute value of a quantity in the whole network, so that a colour keeps its meaning while numbers
 * appear.
 */
export function largest(trace: Trace, quantity: Quantity): number {
  const found = trace.layers
    .filter(isJoining)
    .flatMap(({ parameters }) => parameters.map((parameter) => quantityOf(trace, parameter, quantity) ?? []));
  let most = 0;
  const count = (tensor: Tensor) => {
    if (typeof tensor !== 'number') for (const one of tensor) count(one);
    else if (Math.abs(tensor) > most && Math.abs(tensor) < Number.POSITIVE_INFINITY) most = Math.abs(tensor);
  };
  count(found);
  return most;
}

/** A quantity of all numbers of a parameter. */
export function quantityOf(trace: Trace, parameter: string, quantity: Quantity): Tensor | null {
  const { tensors, products } = trace;
  const found = {
    weight: tensors[parameter],
    product: products?.[parameter],
    gradient: tensors[gradientOf(parameter)],
    next: tensors[nextOf(parameter)],
  };
  return found[quantity] ?? null;
}

/** Whether the sum that a product belongs to is known; the product is then known too. */
export type Summed = (edge: TraceEdge) => boolean;

export function edgeStyleOf(
  edge: TraceEdge,
  quantity: Quantity,
  known: (ref: string) => boolean,
  summed: Summed,
  scale: number,
): EdgeStyle {
  const ref = quantityRef(edge, quantity);
  const isKnown = quantity === 'product' ? edge.product !== null && summed(edge) : ref !== null && known(ref);
  if (!isKnown) return { quantity, ref: null, value: null, width: THIN, strength: 0, negative: false };
  const value = edge[quantity] ?? Number.NaN;
  const strength = strengthOf(Math.abs(value), scale);
  return { quantity, ref, value, width: THIN + (THICK - THIN) * strength, strength, negative: value < 0 };
}

export function quantityRef(edge: TraceEdge, quantity: Quantity): string | null {
  if (!edge.ref || quantity === 'product') return null;
  if (quantity === 'weight') return edge.ref;
  return quantity === 'gradient' ? gradientOf(edge.ref) : nextOf(edge.ref);
}
