/** What the sizes come to: does the gradient reach the first layer? */

import type { GradientFlow } from '../api/flow';

/** The gradient vanishes, or explodes, where it changes more than so many times from the output to the first layer. */
export const FAR = 1000;
/** Up to so many times it is about as large. */
const NEAR = 2;

export type Verdict =
  | { kind: 'single' | 'none' | 'broken' | 'even' }
  /** Nothing gets past this layer. */
  | { kind: 'stopped'; layer: string }
  | { kind: 'vanishes' | 'shrinks' | 'grows' | 'explodes'; times: number };

export function verdictOf({ rows, ratio }: GradientFlow): Verdict {
  if (!rows.every(({ gradient }) => Number.isFinite(gradient))) return { kind: 'broken' };
  if (rows.length < 2) return { kind: 'single' };
  if (ratio === null) return { kind: 'none' };
  const stopped = rows.findLastIndex(({ gradient }) => gradient === 0);
  if (stopped >= 0) return { kind: 'stopped', layer: rows[stopped + 1]?.layer ?? '' };
  const times = ratio < 1 ? 1 / ratio : ratio;
  if (times <= NEAR) return { kind: 'even' };
  if (ratio < 1) return { kind: times > FAR ? 'vanishes' : 'shrinks', times };
  return { kind: times > FAR ? 'explodes' : 'grows', times };
}
