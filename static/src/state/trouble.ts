/** What can go wrong with a call, told rather than thrown. */

import { Refused, Unreachable } from '../api/client';
import type { Problem } from '../api/types';

export type Trouble = { kind: 'refused'; problem: Problem } | { kind: 'unreachable' };

/** Anything else is a fault of the page, and is thrown on. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Refused) return { kind: 'refused', problem: error.problem };
  if (error instanceof Unreachable) return { kind: 'unreachable' };
  throw error;
}
