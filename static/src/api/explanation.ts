/** An explanation as the page reads it: an expression tree, and what belongs to the other notations. */

import type { components } from './schema';

type Schemas = components['schemas'];

export type Notation = Schemas['ExplanationAnswer']['notation'];
export const NOTATIONS: readonly Notation[] = ['scalar', 'chain', 'matrix', 'paths', 'stable'];

export type LawNode = Schemas['LawNodeAnswer'];

/** How many entries are left out, and what they come to together. */
export interface Folded {
  count: number;
  value: number;
}

interface Valued {
  value: number;
  /** In the chain notation: what this factor is to the product, and its own symbol, such as ∂ŷ_2/∂w_12^(1). */
  role?: 'upstream' | 'local' | null;
  derivative?: string | null;
}

export interface Leaf extends Valued {
  ref: string;
  symbol: string;
  /** 0 by hand, as the trace says. */
  rounded?: boolean;
}

export interface Constant extends Valued {
  number: number;
  symbol?: string | null;
}

/** What may gather terms: one part of a formula has in `running` what these come to after each. */
interface Gathering extends Valued {
  args: Expression[];
  running?: number[] | null;
}

export interface Operation extends Gathering {
  op: Schemas['OperationAnswer']['op'];
  folded?: Folded | null;
}

export interface Call extends Gathering {
  op: 'call';
  function: Schemas['CallAnswer']['function'];
}

export interface Choice extends Valued {
  op: 'choice';
  cases: { when: string; value: Expression }[];
  taken: number;
}

export type Expression = Leaf | Constant | Operation | Call | Choice;

/** A factor of the matrix notation, and the line of it that meets the other one's in the number explained. */
export interface MatrixLine {
  symbol: string;
  /** The tensor of the trace that it is, or, transposed, that it comes from; null where it is only thought of. */
  tensor: string | null;
  transposed: boolean;
  /** Rows and columns as the formula has them. */
  shape: number[];
  lit: 'row' | 'column';
  at: number;
  /** The numbers of that line, as far as they are told, and how many more there are. */
  entries: Expression[];
  more: number;
}

export interface MatrixForm {
  formula: string;
  left: MatrixLine;
  right: MatrixLine;
  /** What is added to the product, such as a bias. */
  plus: Expression | null;
}

export interface PathFactor {
  symbol: string;
  value: number;
  ref: string | null;
}

export interface Path {
  refs: string[];
  factors: PathFactor[];
  running: number[];
  value: number;
}

/** All ways from the number to the loss, the weightiest first; what is not shown adds up to the remainder. */
export interface PathsForm {
  count: number;
  remainder: number;
  items: Path[];
}

export interface Explanation {
  ref: string;
  symbol: string;
  value: number;
  /** 0 by hand, as the trace says. */
  rounded?: boolean;
  notation: Notation;
  notations: Notation[];
  law: string;
  /** The law as prose and formulas, in the page's language. */
  told: Schemas['LawAnswer'];
  expression: Expression;
  latex: string;
  text: string;
  matrix: MatrixForm | null;
  paths: PathsForm | null;
}
