/** The numerical check of the number shown: its derivative from two losses. */

import { signal } from '@preact/signals';
import { type CheckRow, postCheck } from '../api/questions';
import type { Trace } from '../api/types';
import { isMoved } from '../model/given';
import type { Subject } from '../model/subject';
import { subject } from './explanations';
import { requestErrorOf, sayRequestError } from './requestError';
import { abortPrevious, SUPERSEDED } from './singleFlight';
import { trace } from './store';

/** The change of the number in each direction. */
export const epsilon = signal(1e-5);

export type Checked = { of: Trace; ref: string } & (
  | { state: 'waiting' }
  /** The check changes given numbers; this one is computed. */
  | { state: 'none' }
  | { state: 'failed'; detail: string }
  | { state: 'found'; epsilon: number; row: CheckRow }
);

export const checked = signal<Checked | null>(null);

const newest = abortPrevious();

/** The ref that the check of a subject changes. */
export function checkable(of: Subject): string {
  return of.quantities.find(({ kind }) => kind === 'value')?.ref ?? '';
}

/** Checks the shown number; a second call closes the check. */
export function toggleCheck(): void {
  const ref = subject.value && checkable(subject.value);
  const current = trace.value;
  if (!ref || !current) return;
  if (checked.value?.ref === ref && checked.value.of === current) checked.value = null;
  else void check(current, ref);
}

export function setEpsilon(value: number): void {
  epsilon.value = value;
  const current = trace.value;
  if (checked.value && current) void check(current, checked.value.ref);
}

async function check(of: Trace, ref: string): Promise<void> {
  if (!isMoved(of, ref)) {
    checked.value = { of, ref, state: 'none' };
    return;
  }
  // The previous check stays until the next one has arrived.
  if (checked.value?.ref !== ref || checked.value.of !== of) checked.value = { of, ref, state: 'waiting' };
  try {
    const answer = await newest((abort) => postCheck(of.document, epsilon.peek(), abort, { refs: [ref] }));
    if (answer === SUPERSEDED || checked.value?.ref !== ref) return;
    const [row] = answer.rows;
    if (row) checked.value = { of, ref, state: 'found', epsilon: answer.epsilon, row };
  } catch (error) {
    checked.value = { of, ref, state: 'failed', detail: sayRequestError(requestErrorOf(error)) };
  }
}
