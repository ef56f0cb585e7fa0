/** Term by term: what the number that is being added up has come to so far. All of it is the service's. */

import { computed } from '@preact/signals';
import type { Expression } from '../api/types';
import { growing } from './store';
import { step } from './telling';

export interface Partial {
  ref: string;
  symbol: string;
  /** The number itself, for when its sum is complete. */
  value: number;
  /** The term just done. */
  term: Expression;
  sofar: number;
  done: number;
  terms: number;
  largest: boolean;
  /** What is still done to the complete sum, Σ in it; null where the sum is the number. */
  around: Expression | null;
}

export const partial = computed<Partial | null>(() => {
  const term = step.value?.term;
  if (!term || growing.value?.ref !== term.of.ref) return null;
  const { of, index, count, expression, running, largest, around } = term;
  const { ref, symbol, value } = of;
  return { ref, symbol, value, term: expression, sofar: running, done: index + 1, terms: count, largest, around };
});
