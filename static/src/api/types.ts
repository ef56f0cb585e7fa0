/**
 * The service's shapes under the page's names. They come from the generated schema; the one thing added is that numbers are
 * numbers: JSON has null where one is not finite, and nonfinite.ts puts NaN and the infinities back on arrival.
 */

import type { components } from './schema';
import type { Message } from './steps';

type Schemas = components['schemas'];
export type Replace<Shape, Parts> = Omit<Shape, keyof Parts> & Parts;

export type Matrix = number[][];

export type NetworkDocument = Schemas['NetworkDocument'];
export type LayerDocument = NetworkDocument['layers'][number];
export type Example = Schemas['ExampleAnswer'];
export type Catalog = Schemas['CatalogAnswer'];
export type Stage = Schemas['StageAnswer'];
export type PhaseName = Stage['phase'];
export type Problem = Schemas['ProblemAnswer'];
export type Nonfinite = Schemas['NonfiniteAnswer'];

export type Remedy = Schemas['RemedyAnswer'];
/** Something that does not suit, with its sentence as data. */
export type Warning = Replace<Schemas['WarningAnswer'], { message: Message }>;

export type Role = Schemas['NodeAnswer']['role'];
export type TraceEdge = Schemas['EdgeAnswer'];
type Measured = { value: number; gradient: number };
/** The gradient of a bias node is a sum that only the service's own list of nodes has: `null` where a node was looked up. */
export type TraceNode = Replace<
  Schemas['NodeAnswer'],
  { value: number; gradient: number | null; pre: Replace<Schemas['PreAnswer'], Measured> | null }
>;

type Tensor = number[] | Matrix;
export type ParameterTrace = {
  value: Tensor;
  gradient: Tensor;
  next: Tensor;
  /** What the optimizer remembers, by name, before the update and after. */
  state: Record<string, Tensor>;
  next_state: Record<string, Tensor> | null;
};
export type LayerTrace = Replace<
  Schemas['LayerAnswer'],
  {
    input: Matrix;
    output: Matrix;
    input_gradient: Matrix;
    output_gradient: Matrix;
    parameters: Record<string, ParameterTrace>;
  }
>;

export type Trace = Replace<
  Schemas['TraceAnswer'],
  {
    output: Matrix;
    loss: { type: string; value: number; gradient: Matrix; p: { value: Matrix; gradient: Matrix } | null };
    layers: LayerTrace[];
    nodes: TraceNode[] | null;
    warnings: Warning[];
  }
>;

export type {
  Call,
  Choice,
  Constant,
  Explanation,
  Expression,
  Folded,
  Leaf,
  MatrixForm,
  MatrixLine,
  Notation,
  Operation,
  Path,
  PathsForm,
} from './explanation';
