/** The positions of a grain, one after the other: a slow implementation for small networks. */

import type { Stage } from '@/api/types';
import { type Grain, positionOf, stepsIn } from '@/model/cursor';

export function ends(stages: readonly Stage[], grain: Grain): number[] {
  return Array.from({ length: stepsIn(stages, grain) }, (_, step) => positionOf(stages, grain, step + 1));
}
