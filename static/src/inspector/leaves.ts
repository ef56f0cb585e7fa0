import type { Expression, Leaf } from '../api/types';

/** The numbers that a formula is made of, each once, in the order in which they are read. */
export function leaves(expression: Expression): Leaf[] {
  const found = new Map<string, Leaf>();
  const visit = (node: Expression): void => {
    if ('ref' in node) found.set(node.ref, node);
    else if ('args' in node) node.args.forEach(visit);
    else if ('cases' in node) for (const { value } of node.cases) visit(value);
  };
  visit(expression);
  return [...found.values()];
}
