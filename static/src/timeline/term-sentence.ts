/** What one term adds: the product with its numbers, and what the sum has come to with it. */

import type { Expression, Trace } from '../api/types';
import { symbolOf } from '../maths/names';
import { type Part, type Sentence, say } from '../say';
import { texts } from '../texts';
import type { Growing } from './growing';

const words = texts.sentence.term;

/** The sum as far as the service's terms have been added up; null until they have come. */
export interface Sum {
  ref: string;
  term: Expression;
  sofar: number;
  done: number;
  terms: number;
}

export function termSentence(
  trace: Trace,
  { ref, term, terms }: Growing,
  sum: Sum | null,
  overBatch: boolean,
): Sentence {
  const subject: Part = { symbol: symbolOf(trace, ref), ref };
  const at = overBatch && terms > 1 ? words.sample(term + 1, terms) : words.place(term + 1, terms);
  if (!sum || sum.ref !== ref || sum.done !== term + 1) return words.counted(at, subject);
  const product = inNumbers(sum.term);
  const total: Part = { value: sum.sofar, ref: term === terms - 1 ? ref : null };
  if (terms === 1) return words.only(subject, product);
  if (term === 0) return words.first(at, subject, product);
  return term === terms - 1 ? words.last(at, subject, product, total) : words.next(at, subject, product, total);
}

/** A product with its factors, "0.5 · 0.25 = 0.125"; anything else by its value. */
function inNumbers(term: Expression): Sentence {
  const result: Part = { value: term.value, ref: null };
  if ('ref' in term) return [{ symbol: term.symbol, ref: term.ref }, ' = ', { value: term.value, ref: term.ref }];
  if (!('args' in term) || term.op !== 'product' || !term.args.every((arg) => 'ref' in arg || 'number' in arg)) {
    return [result];
  }
  return say`${joined(term.args, symbolic)} = ${joined(term.args, numeric)} = ${result}`;
}

function joined(factors: readonly Expression[], face: (factor: Expression, place: number) => Sentence): Sentence {
  return factors.flatMap((factor, place) => [...(place ? [' · '] : []), ...face(factor, place)]);
}

function symbolic(factor: Expression): Sentence {
  return 'ref' in factor ? [{ symbol: factor.symbol, ref: factor.ref }] : [{ value: factor.value, ref: null }];
}

/** A negative number after an operator is set in parentheses. */
function numeric(factor: Expression, place: number): Sentence {
  const value: Part = { value: factor.value, ref: 'ref' in factor ? factor.ref : null };
  return place > 0 && factor.value < 0 ? ['(', value, ')'] : [value];
}
