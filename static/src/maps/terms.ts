/** The terms of a number as the service gives them, with their running sums. */

import type { Explanation, Expression, Leaf, Operation } from '../api/types';
import { leaves, parts } from '../model/lookup';

export interface Term {
  /** The numbers in it. */
  factors: Leaf[];
  /** The operation on them; `null` if they are multiplied, or if there is only one. */
  formula: Expression | null;
  value: number;
  running: number;
}

export interface GatheredTerms {
  kind: 'sum' | 'max';
  terms: Term[];
  /** The number of further terms. */
  left: number;
  /** Whether the sum is the whole formula. */
  whole: boolean;
}

export function gatheredTerms({ expression }: Pick<Explanation, 'expression'>): GatheredTerms | null {
  const found = parts(expression).find((part) => 'running' in part && part.running);
  if (!found || !('running' in found) || !found.running) return null;
  const { running, args } = found;
  const terms = args.map((term, place) => ({
    factors: leaves(term),
    formula: isProduct(taken(term)) ? null : taken(term),
    value: term.value,
    running: running[place] ?? Number.NaN,
  }));
  // A long sum may be followed by a last term, such as a bias.
  const behind = found !== expression && isSum(expression) ? expression.args.length - 1 : 0;
  const folded = ('folded' in found && found.folded?.count) || 0;
  const kind = isSum(found) ? 'sum' : 'max';
  return { kind, terms, left: folded + behind, whole: found === expression || behind > 0 };
}

const isSum = (part: Expression): part is Operation => 'op' in part && part.op === 'sum';

/** The selected case of a choice. */
const taken = (term: Expression): Expression =>
  'cases' in term ? taken(term.cases[term.taken]?.value ?? { number: term.value, value: term.value }) : term;

const isProduct = (term: Expression): boolean =>
  'ref' in term || ('op' in term && term.op === 'product' && term.args.every((factor) => 'ref' in factor));
