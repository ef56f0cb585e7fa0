import type { Expression, Leaf } from '../api/types';

/** The numbers that a formula is made of, each once, in the order in which they are read. */
export const leaves = (expression: Expression): Leaf[] => [
  ...new Map(parts(expression).flatMap((part) => ('ref' in part ? [[part.ref, part] as const] : []))).values(),
];

/** A formula and all its parts, from the outside in. */
export function parts(expression: Expression): Expression[] {
  if ('args' in expression) return [expression, ...expression.args.flatMap(parts)];
  if ('cases' in expression) return [expression, ...expression.cases.flatMap(({ value }) => parts(value))];
  return [expression];
}
