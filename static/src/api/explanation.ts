/** An explanation as the page reads it: an expression tree, and what belongs to the other notations. */

import type { components } from './schema';

type Schemas = components['schemas'];

export type Notation = Schemas['ExplanationAnswer']['notation'];
export const NOTATIONS: readonly Notation[] = ['scalar', 'chain', 'matrix', 'paths', 'stable'];

/** JSON has null where a number is not finite; on arrival nonfinite.ts puts NaN and the infinities back. */
export type Finite<Shape> = [Shape] extends [number | null] ? number : Each<Shape>;
type Each<Shape> = Shape extends readonly (infer Entry)[]
  ? Finite<Entry>[]
  : Shape extends object
    ? Same<Shape, Schemas['LeafAnswer']> extends true
      ? Leaf
      : { [Part in keyof Shape]: Finite<Shape[Part]> }
    : Shape;
type Same<One, Other> = [One, Other] extends [Other, One] ? true : false;

export interface Leaf extends Pick<Schemas['LeafAnswer'], 'role' | 'derivative'> {
  ref: string;
  symbol: string;
  value: number;
  /** 0 by hand, as the trace says. */
  rounded?: boolean;
}

export type Explanation = Finite<Schemas['ExplanationAnswer']> & { rounded?: boolean };
export type Expression = Explanation['expression'];
export type Constant = Finite<Schemas['NumberAnswer']>;
export type Operation = Finite<Schemas['OperationAnswer']>;
export type Call = Finite<Schemas['CallAnswer']>;
export type Choice = Finite<Schemas['ChoiceAnswer']>;
export type Folded = Finite<Schemas['FoldedAnswer']>;

export type LawNode = Schemas['LawNodeAnswer'];
export type MatrixLine = Finite<Schemas['LineAnswer']>;
export type MatrixForm = Finite<Schemas['MatrixAnswer']>;
export type Path = Finite<Schemas['PathAnswer']>;
export type PathsForm = Finite<Schemas['PathsAnswer']>;
