/**
 * Refs name any number of one training step: `fc_1.w.grad[0,1]`, `x[0,1]`, `loss`, and the optimizer's state of a
 * parameter, `fc_1.w.velocity[0,1]`. Indices count from 0, the sample first.
 */

import type { Trace } from '../api/types';

export type Derivative = 'grad' | 'next';

export interface Ref {
  name: string;
  part: string | null;
  /** The optimizer's state of a parameter: velocity, mean, square or count. */
  state: string | null;
  derivative: Derivative | null;
  index: number[];
}

const WORD = '\\.(?!grad\\b|next\\b)([a-z_]+)';
const PATTERN = new RegExp(
  `^([A-Za-z_][A-Za-z0-9_]*)(?:${WORD}(?:${WORD})?)?(?:\\.(grad|next))?(?:\\[(\\d+(?:,\\d+)*)\\])?$`,
);

export function parseRef(text: string): Ref | null {
  const match = PATTERN.exec(text);
  if (!match) return null;
  const [, name, part, state, derivative, index] = match;
  return {
    name: name as string,
    part: part ?? null,
    state: state ?? null,
    derivative: (derivative as Derivative | undefined) ?? null,
    index: index ? index.split(',').map(Number) : [],
  };
}

export function formatRef({ name, part, state, derivative, index }: Ref): string {
  const path = [name, part, state, derivative].filter((word) => word !== null).join('.');
  return index.length ? `${path}[${index.join(',')}]` : path;
}

function derive(ref: string, derivative: Derivative | null): string {
  const parsed = parseRef(ref);
  return parsed ? formatRef({ ...parsed, derivative }) : ref;
}

export const gradientOf = remembered((ref) => derive(ref, 'grad'));
export const nextOf = remembered((ref) => derive(ref, 'next'));
/** The gradient of the objective, if a penalty makes it another one than that of the loss. */
export function objectiveGradientOf({ symbols }: Pick<Trace, 'symbols'>, ref: string): string {
  const parsed = parseRef(ref);
  const own = parsed && { ...parsed, derivative: null, state: OBJECTIVE };
  return own && symbols[formatRef({ ...own, index: [] })] !== undefined ? formatRef(own) : gradientOf(ref);
}

/** What refs call the gradient of the objective by a parameter. */
export const OBJECTIVE = 'objective_grad';

export const baseOf = remembered((ref) => derive(ref, null));

/** Parts of a formula that are not numbers of this step have no explanation to open. */
export function isExplained(ref: string): boolean {
  const parsed = parseRef(ref);
  return parsed !== null && (parsed.name === 'loss' || parsed.name === 'lr' || parsed.index.length > 0);
}

/**
 * A layer's input is another layer's output, or x: one number with two names. This returns the name under which it was
 * computed.
 */
export function canonical(layers: readonly Fed[], ref: string): string {
  const parsed = parseRef(ref);
  if (parsed?.part !== 'input') return ref;
  const source = parseRef(layers.find(({ name }) => name === parsed.name)?.inputs[0] ?? '');
  return source ? formatRef({ ...parsed, name: source.name, part: source.part }) : ref;
}

/** A layer with the names of its input tensors. */
export interface Fed {
  name: string;
  inputs: readonly string[];
}

/** Caches the results of a function of a text: every step needs hundreds of them repeatedly. */
export function remembered<Made>(make: (text: string) => Made): (text: string) => Made {
  const known = new Map<string, Made>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      if (known.size >= MOST_KNOWN) known.clear();
      found = make(text);
      known.set(text, found);
    }
    return found;
  };
}

const MOST_KNOWN = 20_000;

/** The symbol of a ref: that of its tensor, as the service gives it, with the indices of the ref inserted. */

export function symbolOf({ layers, symbols }: Pick<Trace, 'layers' | 'symbols'>, ref: string): string {
  const parsed = parseRef(canonical(layers, ref));
  if (!parsed) return ref;
  const { derivative, index } = parsed;
  const own = symbols[formatRef({ ...parsed, index: [] })];
  const pattern = own ?? symbols[formatRef({ ...parsed, derivative: null, index: [] })];
  if (pattern === undefined) return ref;
  const symbol = pattern
    .replace(/_\{(\d):\}/, (_, axis) => written(index.slice(Number(axis))))
    .replace(/\{(\d)\}/, (_, axis) => String((index[Number(axis)] ?? 0) + 1));
  if (own !== undefined || derivative === null) return symbol;
  return derivative === 'grad' ? `∂ℓ/∂${symbol}` : symbol.replace(/\^\((\d+)\)/, '^($1,new)');
}

/** The symbol without the sample, which is the same in the whole picture. */
export const plainSymbol = (trace: Pick<Trace, 'layers' | 'symbols'>, ref: string): string =>
  symbolOf(trace, ref).replace(/\^\[\d+\]$/, '');

/** Indices count from 1. Commas separate them as soon as one has two digits; a single one then ends in a comma. */
function written(index: readonly number[]): string {
  const digits = index.map((place) => String(place + 1));
  const separator = digits.some((digit) => digit.length > 1) ? ',' : '';
  return digits.length === 0 ? '' : `_${digits.join(separator)}${digits.length === 1 ? separator : ''}`;
}
