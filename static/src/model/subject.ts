/** What the inspector tells about a ref: the node, edge, truth or loss that it belongs to, with all its quantities. */

import type { Role, Trace } from '../api/types';
import { isParameter, pointerOf } from './given';
import { ownerOf, ownersOf, type Part, type VisibleGraph } from './picture';
import { baseOf, canonical, gradientOf, nextOf, parseRef, symbolOf } from './refs';

export type QuantityKind = 'pre' | 'value' | 'gradient' | 'preGradient' | 'next';

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
    | 'kept'
    | 'state';
  symbol: string;
  quantities: Quantity[];
  /** Where in the document its number can be changed, if it is given. */
  pointer: string | null;
}

export function subjectOf(trace: VisibleGraph, ref: string): Subject | null {
  const part = ownerOf(ownersOf(trace), trace, ref);
  const found = part ? partSubject(trace, part) : null;
  const wanted = canonical(trace.layers, ref);
  // Other samples, and networks too large to draw, have no part in the picture; their numbers still explain themselves.
  if (found?.quantities.some((quantity) => quantity.ref === wanted)) return found;
  return part?.kind === 'node' && found ? found : loose(trace, wanted);
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

/** A subject made from its ref alone. */
function loose(trace: Trace, ref: string): Subject | null {
  const parsed = parseRef(ref);
  if (!parsed) return null;
  const value = baseOf(ref);
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
  if (parsed.name === 'loss' && parsed.part) {
    // What the loss goes through has a gradient; what it is given has none.
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
  if (!isParameter(trace, parsed)) return subject('kept', []);
  return subject(PARAMETERS[parsed.part ?? ''] ?? 'parameter', [gradient, quantity(trace, 'next', nextOf(value))]);
}

/** What a parameter is to its layer; γ and β are those of a normalization. */
const PARAMETERS: Readonly<Record<string, Subject['role']>> = {
  w: 'weight',
  b: 'biasWeight',
  gamma: 'scale',
  beta: 'shift',
};

/** What the optimizer kept of a parameter, before the step and after. */
function remembered(trace: Trace, ref: string): Quantity[] {
  return [quantity(trace, 'value', ref), quantity(trace, 'next', nextOf(ref))];
}

function quantity(trace: Trace, kind: QuantityKind, ref: string): Quantity {
  return { kind, ref, symbol: symbolOf(trace, ref) };
}
