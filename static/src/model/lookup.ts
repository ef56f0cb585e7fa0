/** Finds the number that a ref names in a trace. It only looks values up; the service has computed them. */

import type { Explanation, Expression, LayerTrace, Leaf, Matrix, NetworkDocument, Tensor, Trace } from '../api/types';
import { rowsOf } from './given';
import { canonical, formatRef, parseRef } from './refs';

export type { Tensor };

/** The length of each axis; empty for a scalar. */
export function shapeOf(tensor: unknown): number[] {
  return Array.isArray(tensor) ? [tensor.length, ...shapeOf(tensor[0])] : [];
}

/** Whether the loss compares the output with targets. */
export const hasTargets = ({ tensors }: Pick<Trace, 'tensors'>): boolean => tensors.y !== undefined;

/** The index of the n-th entry, row by row. */
export function unravel(place: number, shape: readonly number[]): number[] {
  let rest = place;
  return shape
    .toReversed()
    .map((size) => {
      const index = rest % size;
      rest = Math.floor(rest / size);
      return index;
    })
    .toReversed();
}

export const valueAt = (trace: Trace, ref: string): number | null =>
  numberAt(tensorAt(trace, ref), parseRef(ref)?.index ?? []);

export function numberAt(tensor: Tensor | undefined, index: readonly number[]): number | null {
  const entry = entryAt(tensor, index);
  return typeof entry === 'number' ? entry : null;
}

export function entryAt(tensor: Tensor | undefined, index: readonly number[]): Tensor | undefined {
  return index.reduce<Tensor | undefined>(
    (rest, place) => (Array.isArray(rest) ? (rest as readonly Tensor[])[place] : undefined),
    tensor,
  );
}

/** The tensor of a ref, without its index. */
export function tensorAt(trace: Trace, ref: string): Tensor | undefined {
  const parsed = parseRef(canonical(trace.layers, ref));
  if (!parsed) return undefined;
  if (parsed.name === 'lr') return trace.document.optimizer.lr;
  const name = formatRef({ ...parsed, index: [] });
  if (name === 'loss.objective') return trace.objective?.value ?? undefined;
  if (name === 'loss.penalty') return trace.objective?.penalty ?? undefined;
  return name === 'loss' ? trace.loss.value : (trace.tensors[name] ?? undefined);
}

/** The rows of a tensor, one for each sample. */
export const rowsIn = (trace: Trace, name: string | undefined): Matrix => (trace.tensors[name ?? ''] ?? []) as Matrix;

/** The result of the network: the output of its last layer. */
export const outputOf = (trace: Trace): Matrix => rowsIn(trace, trace.layers.at(-1)?.output);

/** The shapes of a layer's input and output, without the axis of samples. */
export const shapesOf = (trace: Trace, layer: LayerTrace): { input: number[]; output: number[] } => ({
  input: shapeOf(trace.tensors[layer.inputs[0] ?? '']).slice(1),
  output: shapeOf(trace.tensors[layer.output]).slice(1),
});

/** The parameters of a layer by their short names, such as w, with the names of their tensors. */
export const parametersOf = ({ name, parameters }: LayerTrace): [part: string, tensor: string][] =>
  parameters.map((tensor) => [tensor.slice(name.length + 1), tensor]);

export const hasParameter = ({ name, parameters }: LayerTrace, part: string): boolean =>
  parameters.includes(`${name}.${part}`);

/** Whether the loss compares probabilities computed from the outputs instead of the outputs. */
export const hasProbabilities = ({ loss }: Trace): boolean => loss.quantities.includes('loss.p');

/** The shape of one sample: the length of each axis after that of the samples. */

export type Nested = number | null | readonly Nested[];

export const sampleShape = (samples: readonly Nested[]): number[] => shapeOf(samples[0]);

/** The shape of all numbers as text: 60×1×28×28. */
export function wholeShape(numbers: readonly Nested[]): string {
  return shapeOf(numbers).join('×');
}

/** Whether samples have more than one axis: then they are drawn as images. */
export const isOfImages = ({ document }: { document: NetworkDocument }): boolean =>
  sampleShape(rowsOf(document).x).length > 1;

/** Zeros by rounding: the numbers that are 0 in exact arithmetic, as the service reports them. */

const none: ReadonlySet<string> = new Set();
const sets = new WeakMap<Trace, ReadonlySet<string>>();

/** Their refs. */
export function zerosOf(trace: Trace | null): ReadonlySet<string> {
  if (!trace || trace.rounding.length === 0) return none;
  const found = sets.get(trace) ?? new Set(trace.rounding);
  sets.set(trace, found);
  return found;
}

/** The explanation with the zeros by rounding marked in its numbers. */
export function withZeros(of: Explanation, zeros: ReadonlySet<string>): Explanation {
  if (zeros.size === 0) return of;
  return { ...of, zeros, rounded: zeros.has(of.ref), expression: marked(of.expression, zeros) };
}

function marked(of: Expression, zeros: ReadonlySet<string>): Expression {
  if ('ref' in of) return zeros.has(of.ref) ? { ...of, rounded: true } : of;
  if ('args' in of) return { ...of, args: of.args.map((one) => marked(one, zeros)) };
  if ('cases' in of) {
    return { ...of, cases: of.cases.map((one) => ({ ...one, value: marked(one.value, zeros) })) };
  }
  return of;
}

/** The numbers in a formula, each once, in reading order. */
export const leaves = (expression: Expression): Leaf[] => [
  ...new Map(parts(expression).flatMap((part) => ('ref' in part ? [[part.ref, part] as const] : []))).values(),
];

/** A formula and all its parts, parents before children. */
export function parts(expression: Expression): Expression[] {
  if ('args' in expression) return [expression, ...expression.args.flatMap(parts)];
  if ('cases' in expression) return [expression, ...expression.cases.flatMap(({ value }) => parts(value))];
  return [expression];
}
