/** What equations of matrices are made of: matrices and the signs between them. */

import {
  el,
  FIXED,
  INFIX,
  type MathElement,
  type MathNode,
  mi,
  mn,
  mo,
  row,
  upright,
  withAttributes,
} from '../maths/markup';
import type { Matrix } from './matrix';

/** What meets in an entry of the result: a row or a column of an operand, what stands at the same place, what comes as late, read row by row, or all. */
export type Meets = 'row' | 'column' | 'cell' | 'order' | 'all';

export type Part =
  | { kind: 'matrix'; matrix: Matrix; meets: Meets }
  /** Before some signs a line may break: the relation, and the signs of a sum. */
  | { kind: 'sign'; math: MathElement; breaks: boolean }
  /** The loss itself. */
  | { kind: 'loss' };

export const operand = (matrix: Matrix, meets: Meets): Part => ({ kind: 'matrix', matrix, meets });
export const sign = (...math: MathNode[]): Part => ({ kind: 'sign', math: row(...math), breaks: false });
const breaking = (text: string): Part => ({ kind: 'sign', math: mo(text, INFIX), breaks: true });

export const EQUALS = breaking('=');
export const PLUS = breaking('+');
export const MINUS = breaking('−');
/** Where the law is not written out: what it is made of. */
export const ARROW = breaking('←');

export const infix = (text: string): MathElement => mo(text, INFIX);
export const OPEN = mo('(', FIXED);
export const CLOSE = mo(')', FIXED);
export const PRIME = mo('′', FIXED);
export const TIMES = infix('⊙');
export const ROOT = mo('√', FIXED);
export const COMMA = mo(',', { lspace: '0', rspace: '0.3em' });
/** Between a function and its matrix. */
export const APART = withAttributes(el('mspace'), { width: '0.18em' });
export const SUM = mo('∑', { movablelimits: 'false' });
export const LOG = row(upright('log'), APART);
export const fraction = (above: MathElement, below: MathElement): MathElement => el('mfrac', above, below);
export const OVER_N = fraction(mn('1'), mi('N'));
export const OVER_ALL = fraction(mn('1'), mi('M'));

interface Chunk {
  relation: MathElement | null;
  /** The parts that follow the relation. */
  places: number[];
}

/** A long equation is broken before its relation and before the signs of its sums, and nowhere else. */
export function chunksOf(parts: readonly Part[]): Chunk[] {
  const chunks: Chunk[] = [{ relation: null, places: [] }];
  parts.forEach((part, place) => {
    if (part.kind === 'sign' && part.breaks) chunks.push({ relation: part.math, places: [] });
    else chunks.at(-1)?.places.push(place);
  });
  return chunks;
}
