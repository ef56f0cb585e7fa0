/** Many lines as a few strokes: those of one sign and about one strength are drawn together. Pure geometry. */

import type { Resting } from './edge-states';
import { THICK, THIN } from './ink';
import type { PlacedEdge } from './layout';

/** Fine enough that no eye tells two neighbouring levels apart: an eighth of a pixel in width. */
export const LEVELS = 32;

export interface Stroke {
  negative: boolean;
  /** From 0 to 1, as an edge's strength. */
  strength: number;
  width: number;
  lines: readonly PlacedEdge[];
}

/** From the weakest to the strongest, which so lie on top. */
export function strokesOf(resting: readonly Resting[]): Stroke[] {
  const levels = new Map<number, PlacedEdge[]>();
  for (const { placed, ink } of resting) {
    const key = 2 * Math.round(ink.strength * LEVELS) + Number(ink.negative);
    const lines = levels.get(key);
    if (lines) lines.push(placed);
    else levels.set(key, [placed]);
  }
  return [...levels]
    .sort(([one], [other]) => one - other)
    .map(([key, lines]) => {
      const strength = Math.floor(key / 2) / LEVELS;
      return { negative: key % 2 === 1, strength, width: THIN + (THICK - THIN) * strength, lines };
    });
}
