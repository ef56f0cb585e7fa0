import type { Piece } from '@/model/cursor';
import { refAt } from '@/model/results';

/** The refs that a step computes for one sample, in their order. */
export function computedRefs(pieces: readonly Piece[], sample: number): string[] {
  const refs: string[] = [];
  for (const { stage, first, end } of pieces) {
    for (let node = first; node < end; node++) {
      for (const results of stage.results) {
        for (let entry = 0; entry < results.each; entry++) refs.push(refAt(results, node, entry, sample) ?? '');
      }
    }
  }
  return refs.filter((ref) => ref !== '');
}
