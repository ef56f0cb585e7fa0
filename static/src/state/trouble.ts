/** What can go wrong with a call, told rather than thrown. */

import type { Signal } from '@preact/signals';
import { Refused, Unreachable } from '../api/client';
import type { Problem } from '../api/types';
import { passes, sayProblem } from '../refusals';
import { texts } from '../texts';
import { SUPERSEDED } from './paced';

export type Trouble = { kind: 'refused'; problem: Problem } | { kind: 'unreachable'; busy: boolean };

/** Anything else is a fault of the page, and is thrown on. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Refused) return { kind: 'refused', problem: error.problem };
  if (error instanceof Unreachable) return { kind: 'unreachable', busy: error.busy };
  throw error;
}

/** Whether the very same may do the next time. */
export const mayPass = (trouble: Trouble): boolean => trouble.kind === 'unreachable' || passes(trouble.problem);

/** What it is, and what becomes of what was done. */
export function sayTrouble(trouble: Trouble): string {
  if (trouble.kind === 'refused') return sayProblem(trouble.problem);
  return trouble.busy ? texts.problems.busy : texts.problems.unreachable;
}

/** The answer; or nothing, where a newer question has been asked or something is wrong, which is then told. */
export async function guarded<Answer>(
  told: Signal<Trouble | null>,
  ask: () => Promise<Answer | typeof SUPERSEDED>,
): Promise<Answer | null> {
  try {
    const answer = await ask();
    if (answer === SUPERSEDED) return null;
    told.value = null;
    return answer;
  } catch (error) {
    told.value = troubleOf(error);
    return null;
  }
}
