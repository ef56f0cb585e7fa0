/** The terms of one number as the service tells them, with what they have come to one after the other. */

import type { Explanation, Leaf } from '../api/types';
import { leaves } from '../inspector/leaves';
import { gatheredIn, runningTotal } from '../inspector/sums';

export interface Term {
  /** What is multiplied, or the one number that is added. */
  factors: Leaf[];
  value: number;
  running: number;
}

export interface Told {
  kind: 'sum' | 'max';
  terms: Term[];
  /** How many there are, with those that are not told. */
  count: number;
  /** Whether the sum is all of the formula. */
  whole: boolean;
}

export function toldBy({ expression, value }: Pick<Explanation, 'expression' | 'value'>): Told | null {
  const gathered = gatheredIn(expression);
  if (!gathered) return null;
  const whole =
    'op' in expression && (expression.op === 'sum' || (expression.op === 'call' && expression.function === 'max'));
  const terms = gathered.terms.map((term, place) => ({
    factors: leaves(term),
    value: term.value,
    // All of it is the number itself, to the last bit; what comes before is added up here.
    running: whole && place === gathered.count - 1 ? value : runningTotal(gathered, place + 1),
  }));
  return { kind: gathered.kind, terms, count: gathered.count, whole };
}
