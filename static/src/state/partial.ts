/** Term by term: what the number that is being added up has come to so far. Its terms are the service's. */

import { computed } from '@preact/signals';
import type { Expression } from '../api/types';
import { gatheredIn, runningTotal } from '../inspector/sums';
import { shown } from './explanations';
import { growing } from './store';

export interface Partial {
  ref: string;
  /** The term just done. */
  term: Expression;
  sofar: number;
  done: number;
  terms: number;
}

export const partial = computed<Partial | null>(() => {
  const sum = growing.value;
  const explanation = shown.value?.grown;
  if (!sum || explanation?.ref !== sum.ref) return null;
  const { expression } = explanation;
  const { ref, terms } = sum;
  const done = sum.term + 1;
  if (terms === 1) return { ref, term: expression, sofar: expression.value, done, terms };
  const gathered = gatheredIn(expression, terms);
  const term = gathered?.terms[sum.term];
  return gathered && term ? { ref, term, sofar: runningTotal(gathered, done), done, terms } : null;
});
