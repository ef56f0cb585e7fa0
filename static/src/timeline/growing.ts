/** Term by term: which number is being added up at the cursor, and how far it has come. */

import type { Trace } from '../api/types';
import { nodeRefs } from './computed';
import type { Piece } from './cursor';

export interface Growing {
  ref: string;
  /** The last term done, from 0. */
  term: number;
  /** How many terms make the number. */
  terms: number;
  /** What this node has finished: the numbers before this one, and this one with its last term. */
  settled: readonly string[];
}

/**
 * A node of a backward pass or an update may hold several numbers (the gradients of a unit's weights): one grows after the
 * other, each over the samples of the batch.
 */
export function growingAt(trace: Trace, pieces: readonly Piece[], sample: number): Growing | null {
  const piece = pieces.at(-1);
  if (!piece || piece.term === null) return null;
  const refs = nodeRefs(trace, piece.stage, piece.first, sample);
  const terms = Math.max(1, Math.floor(piece.stage.terms / Math.max(1, refs.length)));
  const place = Math.min(refs.length - 1, Math.floor(piece.term / terms));
  const ref = refs[place];
  const term = piece.term % terms;
  return ref ? { ref, term, terms, settled: refs.slice(0, term === terms - 1 ? place + 1 : place) } : null;
}
