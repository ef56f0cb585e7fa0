/** How much of a map has been computed: its numbers come one after the other, row by row. */

import type { Stage } from '../api/types';
import { makerOf } from '../timeline/known';
import type { Face, Slice } from './slices';

export function knownIn(stages: readonly Stage[], cursor: number, slice: Slice, face: Face): number {
  const all = slice.rows * slice.columns;
  const maker = makerOf(stages, `${slice.tensor}${face === 'gradient' ? '.grad' : ''}`);
  if (!maker) return all;
  const done = Math.floor((cursor - maker.stage.start) / maker.stage.terms) - slice.first;
  return Math.max(0, Math.min(all, done));
}
