/** The terms of one number as the service tells them, with what they have come to one after the other. */

import type { Explanation, Expression, Leaf } from '../api/types';
import { leaves } from '../inspector/leaves';
import { gatheredIn, runningTotal } from '../inspector/sums';

export interface Term {
  /** The numbers that it is made of. */
  factors: Leaf[];
  /** What is done to them; `null` where they are multiplied, or there is one alone. */
  formula: Expression | null;
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
    formula: isProduct(taken(term)) ? null : taken(term),
    value: term.value,
    // All of it is the number itself, to the last bit; what comes before is added up here.
    running: whole && place === gathered.count - 1 ? value : runningTotal(gathered, place + 1),
  }));
  return { kind: gathered.kind, terms, count: gathered.count, whole };
}

/** Of a choice the case that was taken. */
const taken = (term: Expression): Expression =>
  'cases' in term ? taken(term.cases[term.taken]?.value ?? { number: term.value, value: term.value }) : term;

const isProduct = (term: Expression): boolean =>
  'ref' in term || ('op' in term && term.op === 'product' && term.args.every((factor) => 'ref' in factor));
