/** The recorded networks as equations, by their names. */

import { markup } from '@/maths/markup';
import { type Equation, equationsOf, resultOf } from '@/matrices/equations';
import type { Matrix } from '@/matrices/matrix';
import { recorded } from '../recorded';

type Slug = Parameters<typeof recorded>[0];

export function equationsIn(slug: Slug): Equation[] {
  const { trace, equations } = recorded(slug);
  return equationsOf(trace, equations);
}

export function equationOf(slug: Slug, id: string): Equation {
  const found = equationsIn(slug).find((one) => one.id === id);
  if (!found) throw new Error(`${slug} has no equation ${id}`);
  return found;
}

export function resultIn(slug: Slug, id: string): Matrix {
  return resultOf(equationOf(slug, id)) as Matrix;
}

/** The matrices of an equation, its result first. */
export const matricesOf = ({ parts }: Pick<Equation, 'parts'>): Matrix[] =>
  parts.flatMap((part) => (part.kind === 'matrix' ? [part.matrix] : []));

/** An equation in one line: its matrices by name, and its signs. */
export const written = ({ parts }: Pick<Equation, 'parts'>): string =>
  parts
    .map((part) => {
      if (part.kind === 'loss') return 'ℓ';
      return part.kind === 'matrix' ? part.matrix.name : markup(part.math).replace(/<[^>]+>/g, '');
    })
    .join(' ');
