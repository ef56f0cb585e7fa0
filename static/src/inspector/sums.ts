/** Sums within formulas: what they are made of, what is left out of them, and how they grow. */

import type { Expression, Folded, Operation } from '../api/types';

/** The terms of a sum, also of the sums that are terms of it, up to the first that is left out. */
export interface Gathered {
  kind: 'sum' | 'max';
  terms: Expression[];
  /** How many there are with those left out. */
  count: number;
}

/** The first part of a formula, from outside in, that gathers so many terms (or any): a sum, or the largest of several. */
export function gatheredIn(expression: Expression, count: number | null = null): Gathered | null {
  for (const node of walk(expression)) {
    const gathered = gather(node);
    if (gathered && (count === null || gathered.count === count)) return gathered;
  }
  return null;
}

/** What its first terms come to. */
export function runningTotal({ kind, terms }: Gathered, done: number): number {
  const values = terms.slice(0, done).map(({ value }) => value);
  return kind === 'max' ? Math.max(...values) : values.reduce((sum, value) => sum + value, 0);
}

/** The first sum with terms left out, and what they come to. */
export function foldedIn(expression: Expression): Folded | null {
  for (const node of walk(expression)) if (isSum(node) && node.folded) return node.folded;
  return null;
}

function gather(node: Expression): Gathered | null {
  if ('op' in node && node.op === 'call' && node.function === 'max') {
    return { kind: 'max', terms: node.args, count: node.args.length };
  }
  if (!isSum(node)) return null;
  const flat = flatten(node);
  const cut = flat.findIndex((term) => typeof term === 'number');
  return {
    kind: 'sum',
    terms: flat.slice(0, cut < 0 ? flat.length : cut).filter((term) => typeof term !== 'number'),
    count: flat.reduce<number>((sum, term) => sum + (typeof term === 'number' ? term : 1), 0),
  };
}

/** Terms in order; where some are left out, their number. */
function flatten(sum: Operation): (Expression | number)[] {
  const terms = sum.args.flatMap((arg) => (isSum(arg) ? flatten(arg) : [arg]));
  return sum.folded ? [...terms, sum.folded.count] : terms;
}

function isSum(node: Expression): node is Operation {
  return 'op' in node && node.op === 'sum';
}

function walk(expression: Expression): Expression[] {
  if ('args' in expression) return [expression, ...expression.args.flatMap(walk)];
  if ('cases' in expression) return [expression, ...expression.cases.flatMap(({ value }) => walk(value))];
  return [expression];
}
