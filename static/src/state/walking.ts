/** Pending moves between training steps, and their result if it was not the requested one. */

import { signal } from '@preact/signals';
import { postAdvance, Refused } from '../api/client';
import type { NetworkDocument } from '../api/types';
import { sharing } from '../model/json';
import { extendLine, firstDifferent, type Line, nearest, type Origin } from '../model/training-line';

export interface Walking {
  /** A step from one to the next or back, or a run of many. */
  kind: 'step' | 'run';
  from: number;
  to: number;
  /** Its current training step. */
  at: number;
}

export const walking = signal<Walking | null>(null);

/** Why the requested training step was not reached. */
export type Note =
  /** A number is no longer finite after the update of this training step. */
  | { kind: 'stopped'; step: number; where: string }
  /** This training step, computed again, has other numbers than it had. */
  | { kind: 'differs'; step: number }
  /** The training steps of a link do not lead to its numbers; with the numbers that they lead to. */
  | { kind: 'strays'; first: number; step: number; found: Reached }
  /** The line has no training step before this one. */
  | { kind: 'begins'; step: number; origin: Origin }
  /** The typed text is not a reachable training step. */
  | { kind: 'unknown'; text: string; least: number; most: number }
  | { kind: 'refused'; detail: string }
  /** A run is in progress, which blocks other moves between training steps. */
  | { kind: 'running' }
  /** The server did not answer; the training steps up to this one are stored. */
  | { kind: 'gone'; step: number };

export const note = signal<Note | null>(null);

/** The target of a run that was cancelled, or that an unreachable server has ended. */
export const unfinished = signal<number | null>(null);

/** Signals to cancel the whole, or only what is still to be computed. */
export interface Calls {
  whole: AbortSignal;
  computing: AbortSignal;
}

let current: { whole: AbortController; computing: AbortController } | null = null;

/** Begins a move; a pending one is cancelled. */
export function begin(own: Walking): Calls {
  current?.whole.abort();
  current?.computing.abort();
  const [whole, computing] = [new AbortController(), new AbortController()];
  current = { whole, computing };
  walking.value = own;
  note.value = null;
  unfinished.value = null;
  return { whole: whole.signal, computing: computing.signal };
}

/** Requests in the meantime are executed when it has arrived, and dropped if it fails. */
export function ended({ whole }: Calls, arrived: boolean): void {
  if (current?.whole.signal !== whole) return;
  current = null;
  walking.value = null;
  if (note.value?.kind === 'running') note.value = null;
  const acts = waiting.splice(0);
  if (arrived) for (const act of acts) act();
}

let waiting: (() => void)[] = [];
/** More than a person presses in a short time; a key held down must not continue after it is released. */
const MOST_WAITING = 8;

/** Whether something must wait because the next training step is pending. */
export function afterwards(act: () => void): boolean {
  if (walking.value?.kind !== 'step') return false;
  if (waiting.length < MOST_WAITING) waiting.push(act);
  return true;
}

/** The numbers have changed: a pending move is no longer relevant. */
export function callOff(): void {
  waiting = [];
  current?.whole.abort();
  current?.computing.abort();
  current = null;
  walking.value = null;
  note.value = null;
  unfinished.value = null;
}

/** Nothing more is computed; the last reached step is shown. */
export function cancel(): void {
  current?.computing.abort();
}

/**
 * From training step to training step, as the service computes them: in pieces, to show progress and allow cancelling.
 * Steps computed before must give the same numbers to the last bit.
 */

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
