/** Which numbers a step computes: read from the stages' results, as the service lists them. */

import type { Stage } from '../api/types';
import { unravel } from '../lookup';
import type { Piece } from './cursor';

export type Results = Stage['results'][number];

/** The number that a node is called after: the first of the tensor that its stage is about. */
export function nodeRef({ layer, computes, results }: Stage, node: number, sample: number): string | null {
  const about = results.find(({ name }) => name === `${layer}.${computes}`) ?? results[0];
  return about ? refAt(about, node, 0, sample) : null;
}

/** The ref of the number that a node computes as its `entry`-th; `null` where the tensor has none for the node. */
export function refAt(
  { name, shape, axis, sampled }: Results,
  node: number,
  entry: number,
  sample: number,
): string | null {
  if (axis === null && node >= sizeOf(shape)) return null;
  const own = axis === null ? unravel(node, shape) : unravel(entry, shape.toSpliced(axis, 1)).toSpliced(axis, 0, node);
  const index = sampled ? [sample, ...own] : own;
  return index.length > 0 ? `${name}[${index.join()}]` : name;
}

/**
 * The node that computes the number at an index. An index with fewer axes is that of a number for the whole tensor, such as an
 * optimizer's count of steps: the first node needs it.
 */
export function nodeOf({ shape, axis, sampled }: Results, index: readonly number[]): number {
  const own = sampled ? index.slice(1) : index;
  if (own.length < shape.length) return 0;
  if (axis !== null) return own[axis] ?? 0;
  return own.reduce((place, one, at) => place * (shape[at] ?? 1) + one, 0);
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

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
 * Term by term: which number is being added up at the cursor, and how far it has come. A node may hold several numbers (the
 * gradients of a unit's weights): one grows after the other.
 */
export function growingAt(pieces: readonly Piece[], sample: number): Growing | null {
  const piece = pieces.at(-1);
  if (!piece || piece.term === null) return null;
  const settled: string[] = [];
  let left = piece.term;
  for (const results of piece.stage.results) {
    const { each, terms } = results;
    for (let entry = 0; entry < each; entry++) {
      const ref = refAt(results, piece.first, entry, sample);
      if (ref && left < terms)
        return { ref, term: left, terms, settled: left === terms - 1 ? [...settled, ref] : settled };
      if (left < terms) return null;
      if (ref) settled.push(ref);
      left -= terms;
    }
  }
  return null;
}
