/** What is under way between training steps, and what came of it where that was not the one asked for. */

import { signal } from '@preact/signals';
import type { Origin } from '../model/training-line';
import type { Reached } from './reach';

export interface Walking {
  /** A step from one to the next or back, or a run of many. */
  kind: 'step' | 'run';
  from: number;
  to: number;
  /** How far it is. */
  at: number;
}

export const walking = signal<Walking | null>(null);

/** Why one is not where one wanted to be. */
export type Note =
  /** A number is no longer finite after the update of this training step. */
  | { kind: 'stopped'; step: number; where: string }
  /** This training step, computed again, has other numbers than it had. */
  | { kind: 'differs'; step: number }
  /** The way that a link held, from its first training step, does not lead to the numbers of this one; and where it does. */
  | { kind: 'strays'; first: number; step: number; found: Reached }
  /** The line has no training step before this one. */
  | { kind: 'begins'; step: number; origin: Origin }
  /** What was typed is no training step that one can go to. */
  | { kind: 'unknown'; text: string; least: number; most: number }
  | { kind: 'refused'; detail: string }
  /** A run is on, and nothing else goes to another training step meanwhile. */
  | { kind: 'running' }
  /** The server did not answer; all up to this training step is kept. */
  | { kind: 'gone'; step: number };

export const note = signal<Note | null>(null);

/** Where a run was to go that was cancelled, or that a server out of reach has ended. */
export const unfinished = signal<number | null>(null);

/** Calling off the whole, or only what is still to be computed. */
export interface Calls {
  whole: AbortSignal;
  computing: AbortSignal;
}

let current: { whole: AbortController; computing: AbortController } | null = null;

/** Begins something; what was under way is called off. */
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

/** What is asked for meanwhile is done when it has come there, and not at all where it has not. */
export function ended({ whole }: Calls, arrived: boolean): void {
  if (current?.whole.signal !== whole) return;
  current = null;
  walking.value = null;
  if (note.value?.kind === 'running') note.value = null;
  const acts = waiting.splice(0);
  if (arrived) for (const act of acts) act();
}

let waiting: (() => void)[] = [];
/** More than a person presses in a moment; a key held down must not go on after it was let go. */
const MOST_WAITING = 8;

/** Whether something has to wait, because the next training step is on its way. */
export function afterwards(act: () => void): boolean {
  if (walking.value?.kind !== 'step') return false;
  if (waiting.length < MOST_WAITING) waiting.push(act);
  return true;
}

/** The numbers are others now: what is under way is of no interest any more. */
export function callOff(): void {
  waiting = [];
  current?.whole.abort();
  current?.computing.abort();
  current = null;
  walking.value = null;
  note.value = null;
  unfinished.value = null;
}

/** Nothing more is computed; what was reached is shown. */
export function cancel(): void {
  current?.computing.abort();
}
