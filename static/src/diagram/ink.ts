/** What an edge shows at this moment: which number, how wide and how strongly coloured. */

import type { Matrix, ParameterTrace, Stage, Trace, TraceEdge } from '../api/types';
import { gradientOf, nextOf } from '../refs';
import { phaseAt } from '../timeline/cursor';

export type Quantity = 'weight' | 'product' | 'gradient' | 'next';

/** What somebody wants the lines to show; by themselves they follow the step. */
export type EdgeMode = 'auto' | Quantity;
export const EDGE_MODES: readonly EdgeMode[] = ['auto', 'weight', 'product', 'gradient', 'next'];

export interface Ink {
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
export function largest({ edges, layers }: Pick<Trace, 'edges' | 'layers'>, quantity: Quantity): number {
  let most = 0;
  const count = (size: number) => {
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  };
  if (edges) for (const edge of edges) count(Math.abs(edge[quantity] ?? 0));
  else {
    for (const { parameters } of layers) {
      for (const parameter of Object.values(parameters)) {
        for (const row of quantityOf(parameter, quantity)) {
          if (Array.isArray(row)) for (const one of row) count(Math.abs(one));
          else count(Math.abs(row));
        }
      }
    }
  }
  return most;
}

/** Of a whole parameter; a product belongs to one sample, and so for all of them the weight stands. */
export function quantityOf({ value, gradient, next }: ParameterTrace, quantity: Quantity): number[] | Matrix {
  return { weight: value, product: value, gradient, next }[quantity];
}

/** Whether the sum that a product goes into is known; a product is known with it. */
export type Summed = (edge: TraceEdge) => boolean;

export function inkOf(
  edge: TraceEdge,
  quantity: Quantity,
  known: (ref: string) => boolean,
  summed: Summed,
  scale: number,
): Ink {
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
