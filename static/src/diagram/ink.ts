/** What an edge shows at this moment: which number, how wide and how strongly coloured. */

import type { Stage, TraceEdge } from '../api/types';
import { gradientOf, nextOf } from '../refs';
import { phaseAt } from '../timeline/cursor';

export type Quantity = 'weight' | 'gradient' | 'next';

export interface Ink {
  quantity: Quantity;
  /** The ref of the number shown; `null` while it has not been computed, or where the edge carries none. */
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
export function quantityAt(stages: readonly Stage[], cursor: number): Quantity {
  const phase = phaseAt(stages, cursor);
  if (phase === 'backward') return 'gradient';
  return phase === 'update' ? 'next' : 'weight';
}

/** The largest size of a quantity in the whole picture, so that a colour keeps its meaning while numbers appear. */
export function largest(edges: readonly TraceEdge[], quantity: Quantity): number {
  const sizes = edges.map((edge) => Math.abs(edge[quantity] ?? 0)).filter(Number.isFinite);
  return Math.max(0, ...sizes);
}

export function inkOf(edge: TraceEdge, quantity: Quantity, known: (ref: string) => boolean, scale: number): Ink {
  const ref = quantityRef(edge, quantity);
  if (!ref || !known(ref)) {
    return { quantity, ref: null, value: null, width: THIN, strength: 0, negative: false };
  }
  const value = edge[quantity] ?? Number.NaN;
  const strength = strengthOf(Math.abs(value), scale);
  return { quantity, ref, value, width: THIN + (THICK - THIN) * strength, strength, negative: value < 0 };
}

function strengthOf(size: number, scale: number): number {
  if (Number.isNaN(size)) return 0;
  return scale > 0 ? Math.min(1, size / scale) : Number(size > 0);
}

export function quantityRef(edge: TraceEdge, quantity: Quantity): string | null {
  if (!edge.ref) return null;
  if (quantity === 'weight') return edge.ref;
  return quantity === 'gradient' ? gradientOf(edge.ref) : nextOf(edge.ref);
}
