/** Pending moves between training steps, and their result if it was not the requested one. */

import { signal } from '@preact/signals';
import type { Origin } from '../model/training-line';
import type { Reached } from './reach';

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
