/** Finds the number that a ref names in a trace. It only looks; the service has computed everything. */

import type { LayerTrace, Trace } from './api/types';
import { canonical, parseRef, type Ref } from './refs';
import { inputsOf, rowsOf } from './rows';

export type Tensor = number | readonly Tensor[];

/** The length of each axis; of a scalar, none. */
export function shapeOf(tensor: unknown): number[] {
  return Array.isArray(tensor) ? [tensor.length, ...shapeOf(tensor[0])] : [];
}

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

export function valueAt(trace: Trace, ref: string): number | null {
  const parsed = parseRef(canonical(trace.layers, ref));
  if (!parsed) return null;
  const entry = entryAt(tensorOf(trace, parsed), parsed.index);
  return typeof entry === 'number' ? entry : null;
}

export function entryAt(tensor: Tensor | undefined, index: readonly number[]): Tensor | undefined {
  return index.reduce<Tensor | undefined>(
    (rest, place) => (Array.isArray(rest) ? (rest as readonly Tensor[])[place] : undefined),
    tensor,
  );
}

/** The tensor that a ref without its index names. */
export function tensorAt(trace: Trace, name: string): Tensor | undefined {
  const parsed = parseRef(canonical(trace.layers, name));
  return parsed ? tensorOf(trace, parsed) : undefined;
}

function tensorOf(trace: Trace, { name, part, state, derivative }: Ref): Tensor | undefined {
  if (name === 'lr') return trace.document.optimizer.lr;
  if (name === 'loss' && part) return (derivative ? trace.loss.p?.gradient : trace.loss.p?.value) ?? undefined;
  if (name === 'loss') return derivative ? undefined : trace.loss.value;
  if (name === 'x') return derivative ? trace.layers[0]?.input_gradient : inputsOf(trace);
  if (name === 'y') return derivative ? undefined : truths(trace);
  const layer = trace.layers.find((one) => one.name === name);
  if (!layer || !part) return undefined;
  if (part === 'output') return derivative ? layer.output_gradient : layer.output;
  if (part === 'one') return bias(trace, name, derivative !== null);
  return state ? remembered(layer, part, state, derivative) : parameter(layer, part, derivative);
}

/** Asked for entry by entry, and of a large batch each time the same. */
const targets = new WeakMap<Trace, Tensor>();

/** The targets in rows; a class that the document gives is a 1 at its place and 0 elsewhere. */
function truths(trace: Trace): Tensor {
  const { document, output } = trace;
  const rows =
    targets.get(trace) ??
    rowsOf(document).y.map((target, sample) =>
      typeof target === 'number' ? Array.from(output[sample] ?? [], (_, unit) => (unit === target ? 1 : 0)) : target,
    );
  targets.set(trace, rows);
  return rows;
}

function parameter(layer: LayerTrace, part: string, derivative: Ref['derivative']): Tensor | undefined {
  const { value, gradient, next } = layer.parameters[part] ?? {};
  return { none: value, grad: gradient, next }[derivative ?? 'none'];
}

/** What the optimizer keeps of a parameter, before the step or after it. */
function remembered(layer: LayerTrace, part: string, state: string, derivative: Ref['derivative']): Tensor | undefined {
  const parameter = layer.parameters[part];
  return (derivative === 'next' ? parameter?.next_state : parameter?.state)?.[state];
}

// A bias node is the same for every row, so any sample index leads to its one number.
function bias(trace: Trace, layer: string, gradient: boolean): Tensor | undefined {
  const node = trace.nodes?.find(({ ref }) => ref.startsWith(`${layer}.one[`));
  const number = gradient ? node?.gradient : node?.value;
  return number === undefined || number === null ? undefined : rowsOf(trace.document).x.map(() => number);
}
