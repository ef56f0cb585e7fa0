/** Zeros by rounding: which numbers are 0 by hand, as the service tells. */

import type { Explanation, Expression, Trace } from './api/types';

const none: ReadonlySet<string> = new Set();
const sets = new WeakMap<Trace, ReadonlySet<string>>();

/** Their refs. */
export function zerosOf(trace: Trace | null): ReadonlySet<string> {
  if (!trace || trace.rounding.length === 0) return none;
  const found = sets.get(trace) ?? new Set(trace.rounding);
  sets.set(trace, found);
  return found;
}

/** The explanation with those among its numbers marked. */
export function withZeros(of: Explanation, zeros: ReadonlySet<string>): Explanation {
  if (zeros.size === 0) return of;
  return { ...of, rounded: zeros.has(of.ref), expression: marked(of.expression, zeros) };
}

function marked(of: Expression, zeros: ReadonlySet<string>): Expression {
  if ('ref' in of) return zeros.has(of.ref) ? { ...of, rounded: true } : of;
  if ('args' in of) return { ...of, args: of.args.map((one) => marked(one, zeros)) };
  if ('cases' in of) {
    return { ...of, cases: of.cases.map(({ when, value }) => ({ when, value: marked(value, zeros) })) };
  }
  return of;
}
