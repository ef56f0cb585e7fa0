/** The recorded networks as equations, by their names. */

import { type Equation, equationsOf, resultOf } from '@/matrices/equations';
import type { Matrix } from '@/matrices/matrix';
import { recorded } from '../recorded';

export function equationOf(slug: Parameters<typeof recorded>[0], id: string): Equation {
  const found = equationsOf(recorded(slug).trace).find((one) => one.id === id);
  if (!found) throw new Error(`${slug} has no equation ${id}`);
  return found;
}

export function resultIn(slug: Parameters<typeof recorded>[0], id: string): Matrix {
  return resultOf(equationOf(slug, id)) as Matrix;
}

/** The matrices of an equation, its result first. */
export const matricesOf = ({ parts }: Equation): Matrix[] =>
  parts.flatMap((part) => (part.kind === 'matrix' ? [part.matrix] : []));
