/**
 * The service's shapes under the page's names. They come from the generated schema; the one thing added is that numbers are
 * numbers: JSON has null where one is not finite, and nonfinite.ts puts NaN and the infinities back on arrival.
 */

import type { components } from './schema';

type Schemas = components['schemas'];
export type Replace<Shape, Parts> = Omit<Shape, keyof Parts> & Parts;

export type Matrix = number[][];

export type NetworkDocument = Schemas['NetworkDocument'];
export type Example = Schemas['ExampleAnswer'];
export type Catalog = Schemas['CatalogAnswer'];
/** `arrived.ts` puts in what an answer leaves out. */
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
/** A sentence as data: the key of its wording, and what fills its places. */
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

/** Something that does not suit, with its sentence as data. */
export type Warning = Replace<Schemas['WarningAnswer'], { message: Message }>;

/** What the gradient check says of a number, and how many of its rows were decided by what. */
export type Verdict = Schemas['GradientRowAnswer']['verdict'];
export type Decided = Schemas['DecidedCounts'];
export type EquationAnswer = Schemas['EquationAnswer'];

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

/** Numbers of any number of axes: a list of lists, one in another. */
export type Tensor = number | readonly Tensor[];

/** The page asks for complete steps without nodes and edges: it draws these from the tensors (`model/picture.ts`). */
export type Trace = Omit<
  Replace<
    Required<Schemas['TraceAnswer']>,
    {
      document: NetworkDocument;
      loss: Replace<Required<Schemas['LossAnswer']>, { value: number }>;
      layers: LayerTrace[];
      stages: Stage[];
      /** Each by the name of its refs; all have come. */
      tensors: Readonly<Record<string, Tensor | null>>;
      warnings: Warning[];
    }
  >,
  'nodes' | 'edges' | 'phase' | 'cursor'
>;

export type {
  Call,
  Choice,
  Constant,
  Explanation,
  Expression,
  Folded,
  LawNode,
  Leaf,
  MatrixForm,
  MatrixLine,
  Notation,
  Operation,
  Path,
  PathsForm,
} from './explanation';
