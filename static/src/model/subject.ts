/** The inspector's subject for a ref: its node, edge, target or loss, with all its quantities. */

import type { Role, Trace } from '../api/types';
import { isParameter, pointerOf } from './given';
import { ownerOf, ownersOf, type Part, type VisibleGraph } from './picture';
import { baseOf, canonical, formatRef, gradientOf, nextOf, OBJECTIVE, parseRef, symbolOf } from './refs';

export type QuantityKind = 'pre' | 'value' | 'gradient' | 'preGradient' | 'objectiveGradient' | 'next';

export interface Quantity {
  kind: QuantityKind;
  ref: string;
  symbol: string;
}

export interface Subject {
  role:
    | Role
    | 'truth'
    | 'given'
    | 'loss'
    | 'weight'
    | 'parameter'
    | 'biasWeight'
    | 'scale'
    | 'shift'
    | 'setting'
    | 'saved'
    | 'state';
  symbol: string;
  quantities: Quantity[];
  /** The JSON pointer of its number, if that is given. */
  pointer: string | null;
}

export function subjectOf(trace: VisibleGraph, ref: string): Subject | null {
  const part = ownerOf(ownersOf(trace), trace, ref);
  const found = part ? partSubject(trace, part) : null;
  const own = canonical(trace.layers, ref);
  // Other samples, and networks too large to draw, are not in the picture; their numbers still have explanations.
  if (found?.quantities.some((quantity) => quantity.ref === own)) return found;
  return part?.kind === 'node' && found ? found : loose(trace, own);
}

function partSubject(trace: VisibleGraph, part: Part): Subject | null {
  if (part.kind === 'node') {
    const node = trace.nodes?.find(({ id }) => id === part.id);
    if (!node) return null;
    const { ref, pre, role, label } = node;
    const before = pre ? [quantity(trace, 'pre', pre.ref)] : [];
    const beforeGradient = pre ? [quantity(trace, 'preGradient', gradientOf(pre.ref))] : [];
    return {
      role,
      symbol: label,
      quantities: [
        ...before,
        { kind: 'value', ref, symbol: label },
        quantity(trace, 'gradient', gradientOf(ref)),
        ...beforeGradient,
      ],
      pointer: role === 'input' ? pointerOf(trace, ref) : null,
    };
  }
  return loose(trace, refOf(trace, part));
}

function refOf(trace: VisibleGraph, part: Exclude<Part, { kind: 'node' }>): string {
  if (part.kind === 'edge') return trace.edges?.find(({ id }) => id === part.id)?.ref ?? '';
  return part.kind === 'truth' ? `y[${trace.sample},${part.unit}]` : 'loss';
}

/** A subject built from its ref alone. */
function loose(trace: Trace, ref: string): Subject | null {
  const parsed = parseRef(ref);
  if (!parsed) return null;
  const value = baseOf(ref);
  if (parsed.state === OBJECTIVE) return loose(trace, formatRef({ ...parsed, state: null }));
  if (parsed.state)
    return { role: 'state', symbol: symbolOf(trace, value), pointer: null, quantities: remembered(trace, value) };
  const own = quantity(trace, 'value', value);
  const subject = (role: Subject['role'], more: Quantity[]): Subject => ({
    role,
    symbol: own.symbol,
    quantities: [own, ...more],
    pointer: pointerOf(trace, value),
  });
  const gradient = quantity(trace, 'gradient', gradientOf(value));
  if (parsed.name === 'loss' && trace.objective && (parsed.part === 'objective' || parsed.part === 'penalty'))
    return subject('loss', []);
  if (parsed.name === 'loss' && parsed.part) {
    // Intermediate quantities of the loss have gradients; its constants have none.
    return trace.loss.quantities.includes(`loss.${parsed.part}`)
      ? subject('probability', [gradient])
      : subject('given', []);
  }
  if (parsed.name === 'loss') return subject('loss', []);
  if (parsed.name === 'lr') return subject('setting', []);
  if (parsed.name === 'y') return subject('truth', []);
  if (parsed.name === 'x') return subject('input', [gradient]);
  if (parsed.part === 'output')
    return subject(parsed.name === trace.layers.at(-1)?.name ? 'output' : 'hidden', [gradient]);
  if (parsed.part === 'one') return subject('bias', [gradient]);
  if (!isParameter(trace, parsed)) return subject('saved', []);
  const penalized = trace.objective
    ? [quantity(trace, 'objectiveGradient', formatRef({ ...parsed, derivative: null, state: OBJECTIVE }))]
    : [];
  const quantities = [gradient, ...penalized, quantity(trace, 'next', nextOf(value))];
  return subject(PARAMETERS[parsed.part ?? ''] ?? 'parameter', quantities);
}

/** The roles of the parameters of a layer; γ and β belong to a normalization. */
const PARAMETERS: Readonly<Record<string, Subject['role']>> = {
  w: 'weight',
  b: 'biasWeight',
  gamma: 'scale',
  beta: 'shift',
};

/** The optimizer's state of a parameter, before the step and after. */
function remembered(trace: Trace, ref: string): Quantity[] {
  return [quantity(trace, 'value', ref), quantity(trace, 'next', nextOf(ref))];
}

function quantity(trace: Trace, kind: QuantityKind, ref: string): Quantity {
  return { kind, ref, symbol: symbolOf(trace, ref) };
}
