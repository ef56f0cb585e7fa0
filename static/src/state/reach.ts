/**
 * From training step to training step, as the service computes them: in pieces, to show progress and allow cancelling.
 * Steps computed before must give the same numbers to the last bit.
 */

import { postAdvance, Refused } from '../api/client';
import type { NetworkDocument } from '../api/types';
import { sharing } from '../model/json';
import { extendLine, firstDifferent, type Line, nearest } from '../model/training-line';

export interface Reached {
  line: Line;
  step: number;
  document: NetworkDocument;
}

export type Outcome =
  | ({ kind: 'arrived' | 'aborted' } & Reached)
  /** After the update of `step` a number is not finite; that step's start is the last good one. */
  | ({ kind: 'stopped'; where: string } & Reached)
  /** The first training step with different numbers, and its new numbers. */
  | { kind: 'differs'; step: number };

/** How long one piece should take, in milliseconds: short enough to show progress, and long enough to cost little. */
const PIECE = 200;
const FIRST_PIECE = 25;
const LARGEST_PIECE = 1000;

interface Way {
  signal: AbortSignal;
  /** After each piece. */
  onReached: (reached: Reached) => void;
}

/** Computes the missing training steps from one, or a nearer stored one, to another. */
export async function reach(from: Reached, to: number, { signal, onReached }: Way): Promise<Outcome> {
  const stored = nearest(from.line, to);
  let at: Reached = from.step <= to && from.step >= stored.step ? from : { ...stored, line: from.line };
  let size = FIRST_PIECE;
  while (at.step < to) {
    const { steps, every } = piece(at, to, size);
    const began = performance.now();
    try {
      const answer = await postAdvance(at.document, { steps, ...(every ? { every } : {}) }, signal);
      const different = firstDifferent(at.line, at.step, answer.hashes);
      if (different !== null) return { kind: 'differs', step: different };
      const line = extendLine(at.line, at.step, answer);
      // Inputs and targets, the largest part of many documents, are stored once.
      const document = sharing(answer.document, at.document);
      at = { line, step: at.step + answer.hashes.length - 1, document };
      onReached(at);
      if (answer.stopped) return { kind: 'stopped', where: answer.stopped.where, ...at };
      const faster = (size * PIECE) / Math.max(1, performance.now() - began);
      size = Math.round(Math.min(LARGEST_PIECE, Math.max(1, Math.min(faster, 4 * size))));
    } catch (error) {
      if (signal.aborted) return { kind: 'aborted', ...at };
      // Above one of the service's limits: a smaller piece may be accepted.
      if (!(error instanceof Refused) || error.problem.limit === null || steps === 1) throw error;
      size = Math.floor(steps / 2);
    }
  }
  return { kind: 'arrived', ...at };
}

/** The number of training steps per request, and which starts are requested: pieces end at a stored start. */
export function piece({ line, step }: Pick<Reached, 'line' | 'step'>, to: number, size: number) {
  const { first, stride } = line;
  const beyond = (step - first) % stride;
  const most = Math.min(size, to - step);
  if (beyond > 0) return { steps: Math.min(most, stride - beyond), every: null };
  return { steps: most, every: stride < most && !line.kept.has(step + stride) ? stride : null };
}
