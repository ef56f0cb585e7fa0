/** How much of a map has been computed: its numbers come one after the other, row by row. */

import type { Stage } from '../api/types';
import { sourceOf } from '../timeline/reached';
import type { Face, Slice } from './slices';

export function knownIn(stages: readonly Stage[], cursor: number, slice: Slice, face: Face): number {
  const all = slice.rows * slice.columns;
  const source = sourceOf(stages, `${slice.tensor}${face === 'gradient' ? '.grad' : ''}[0,0]`);
  if (source === 'given') return all;
  if (!source) return 0;
  const done = Math.floor((cursor - source.stage.start) / source.stage.terms) - slice.first;
  return Math.max(0, Math.min(all, done));
}
