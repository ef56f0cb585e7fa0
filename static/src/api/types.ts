/** Names for the parts of the service's answers that the page uses. The shapes themselves are the service's. */

export type Matrix = number[][];

export interface LayerDocument {
  type: string;
  name?: string;
  output_dim?: number;
  w?: Matrix | null;
  b?: number[] | null;
  [option: string]: unknown;
}

export interface NetworkDocument {
  format?: string;
  name?: string;
  input_shape: number[];
  layers: LayerDocument[];
  loss: { type: string; [option: string]: unknown };
  optimizer: { type: string; lr: number; [option: string]: unknown };
  x: Matrix;
  y: Matrix;
  seed?: number;
}

export interface Example {
  slug: string;
  name: string;
  document: NetworkDocument;
}

export type PhaseName = 'forward' | 'loss' | 'backward' | 'update';

export interface Stage {
  phase: PhaseName;
  layer: string;
  computes: 'output' | 'loss' | 'loss_gradient' | 'parameter_gradients' | 'input_gradient' | 'next';
  nodes: number;
  terms: number;
  start: number;
}

export interface ParameterTrace {
  value: Matrix | number[];
  gradient: Matrix | number[];
  next: Matrix | number[];
}

export interface LayerTrace {
  name: string;
  type: string;
  input: Matrix;
  output: Matrix;
  input_gradient: Matrix;
  output_gradient: Matrix;
  parameters: Record<string, ParameterTrace>;
}

export type Role = 'input' | 'bias' | 'hidden' | 'output';

export interface TraceNode {
  id: string;
  role: Role;
  label: string;
  layer: number;
  index: number | null;
  value: number;
  gradient: number;
  ref: string;
  pre: { label: string; value: number; gradient: number; ref: string } | null;
}

export interface TraceEdge {
  id: string;
  source: string;
  target: string;
  ref: string | null;
  label: string | null;
  weight: number | null;
  gradient: number | null;
  next: number | null;
  product: number | null;
}

export interface Trace {
  document: NetworkDocument;
  phase: string;
  cursor: number;
  sample: number;
  output: Matrix;
  loss: { type: string; value: number; gradient: Matrix };
  layers: LayerTrace[];
  nodes: TraceNode[] | null;
  edges: TraceEdge[] | null;
  stages: Stage[];
  nonfinite: { path: string; kind: 'nan' | '+inf' | '-inf' }[];
}

export interface Leaf {
  ref: string;
  symbol: string;
  value: number;
}

export interface Constant {
  number: number;
  value: number;
}

export interface Operation {
  op: 'sum' | 'product' | 'difference' | 'quotient' | 'power' | 'negate';
  args: Expression[];
  value: number;
  folded?: { count: number; value: number } | null;
}

export interface Call {
  op: 'call';
  function: string;
  args: Expression[];
  value: number;
}

export interface Choice {
  op: 'choice';
  cases: { when: string; value: Expression }[];
  taken: number;
  value: number;
}

export type Expression = Leaf | Constant | Operation | Call | Choice;

export interface Explanation {
  ref: string;
  symbol: string;
  value: number;
  law: string;
  expression: Expression;
  latex: string;
  text: string;
}

export interface Catalog {
  losses: { type: string; title: string; formula: string }[];
  optimizers: { type: string; title: string }[];
}

export interface Problem {
  title: string;
  status: number;
  detail: string;
  where?: string;
  errors?: { where: string; detail: string }[];
}
