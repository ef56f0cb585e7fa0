/**
 * The service's shapes under the page's names. They come from the generated schema, with one change: JSON has null for
 * a number that is not finite, and nonfinite.ts restores NaN and the infinities on arrival, so numbers are numbers.
 */

import type { components } from './schema';

type Schemas = components['schemas'];
export type Replace<Shape, Parts> = Omit<Shape, keyof Parts> & Parts;

export type Matrix = number[][];

export type NetworkDocument = Schemas['NetworkDocument'];
export type Example = Schemas['ExampleAnswer'];
export type Catalog = Schemas['CatalogAnswer'];
/** `arrived.ts` fills in what an answer omits. */
export type Stage = Replace<
  Required<Schemas['StageAnswer']>,
  {
    phase: PhaseName;
    layer: string;
    start: number;
    reads: string[];
    results: Replace<Required<Schemas['ResultsAnswer']>, { shape: number[]; each: number; terms: number }>[];
  }
>;
export type PhaseName = NonNullable<Schemas['StageAnswer']['phase']>;
export type Problem = Schemas['ProblemAnswer'];
export type Nonfinite = Schemas['NonfiniteAnswer'];

export type Remedy = Schemas['RemedyAnswer'];
/** A sentence as data: the key of its wording, and the values of its placeholders. */
export interface Named {
  ref: string;
  symbol: string;
  value: number;
}

export type FormulaPart = string | { symbol: string; ref: string | null } | { value: number; ref?: string | null };

export interface Message {
  key: string;
  refs: Record<string, Named>;
  values: Record<string, MessageValue>;
}

export type MessageValue = number | string | { value: number } | { formula: FormulaPart[] } | Message | Message[];

/** A warning, with its sentence as data. */
export type Warning = Replace<Schemas['WarningAnswer'], { message: Message }>;

/** The verdict of the gradient check on a number, and how many rows each method decided. */
export type Verdict = Schemas['GradientRowAnswer']['verdict'];
export type Decided = Schemas['DecidedCounts'];
export type EquationAnswer = Replace<Schemas['EquationAnswer'], { title: Message; law: Message | null }>;

export type Role = Schemas['NodeAnswer']['role'];
export type TraceEdge = Schemas['EdgeAnswer'];
type Measured = { value: number; gradient: number };
export type TraceNode = Replace<
  Schemas['NodeAnswer'],
  Measured & { pre: Replace<Schemas['PreAnswer'], Measured> | null }
>;

export type LayerTrace = Replace<
  Required<Schemas['LayerAnswer']>,
  { axes: Record<string, Required<Schemas['AxesAnswer']>> }
>;

/** A tensor with any number of axes, as nested lists. */
export type Tensor = number | readonly Tensor[];

/** The page requests complete steps without nodes and edges: it draws these from the tensors (`model/picture.ts`). */
export type Trace = Omit<
  Replace<
    Required<Schemas['TraceAnswer']>,
    {
      document: NetworkDocument;
      loss: Replace<Required<Schemas['LossAnswer']>, { value: number }>;
      layers: LayerTrace[];
      stages: Stage[];
      /** By the name in its refs; every tensor is complete. */
      tensors: Readonly<Record<string, Tensor | null>>;
      /** Null unless requested. */
      products: Readonly<Record<string, Tensor>> | null;
      warnings: Warning[];
    }
  >,
  'nodes' | 'edges' | 'phase' | 'cursor'
>;

/** An explanation for the page: an expression tree, and additions for the other notations. */

export type Notation = Schemas['ExplanationAnswer']['notation'];
export const NOTATIONS: readonly Notation[] = ['scalar', 'chain', 'matrix', 'paths', 'stable'];

/** JSON has null for a number that is not finite; nonfinite.ts restores NaN and the infinities on arrival. */
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
  /** Exactly 0 in exact arithmetic, as the trace says. */
  rounded?: boolean;
}

/** `zeros`: the refs of the numbers of its training step that are 0 in exact arithmetic. */
export type Explanation = Finite<Schemas['ExplanationAnswer']> & { rounded?: boolean; zeros?: ReadonlySet<string> };
export type Expression = Explanation['expression'];
export type Constant = Finite<Schemas['NumberAnswer']>;
export type Operation = Finite<Schemas['OperationAnswer']>;
export type Call = Finite<Schemas['CallAnswer']>;
export type Case = Finite<Schemas['CaseAnswer']>;
export type Choice = Finite<Schemas['ChoiceAnswer']>;
export type Folded = Finite<Schemas['FoldedAnswer']>;

export type LawNode = Schemas['LawNodeAnswer'];
export type MatrixLine = Finite<Schemas['LineAnswer']>;
export type MatrixForm = Finite<Schemas['MatrixAnswer']>;
export type Path = Finite<Schemas['PathAnswer']>;
export type PathsForm = Finite<Schemas['PathsAnswer']>;
