/** Which part of the picture a ref belongs to: a node, an edge, a truth or the loss. */

import type { Trace } from '../api/types';
import { canonical, gradientOf, nextOf, parseRef } from '../refs';
import type { Column } from './columns';
import type { Pictured } from './picture';

export type Part =
  | { kind: 'node'; id: string }
  | { kind: 'edge'; id: string }
  | { kind: 'truth'; id: string; unit: number }
  | { kind: 'loss'; id: 'loss' };

/** Every step asks, so a trace's owners are found out once. */
const kept = new WeakMap<Trace, ReadonlyMap<string, Part>>();

export function ownersOf(trace: Pictured): ReadonlyMap<string, Part> {
  const owners = kept.get(trace) ?? findOwners(trace);
  kept.set(trace, owners);
  return owners;
}

function findOwners(trace: Pictured): ReadonlyMap<string, Part> {
  const owners = new Map<string, Part>([['loss', { kind: 'loss', id: 'loss' }]]);
  for (const { id, ref, pre } of trace.nodes ?? []) {
    for (const one of [ref, ...(pre ? [pre.ref] : [])]) {
      owners.set(one, { kind: 'node', id });
      owners.set(gradientOf(one), { kind: 'node', id });
    }
  }
  for (const { id, ref } of trace.edges ?? []) {
    if (!ref) continue;
    for (const one of [ref, gradientOf(ref), nextOf(ref)]) owners.set(one, { kind: 'edge', id });
  }
  for (const { role, index } of trace.nodes ?? []) {
    if (role !== 'output') continue;
    const unit = index ?? 0;
    owners.set(truthRef(trace.sample, unit), { kind: 'truth', id: `truth-${unit}`, unit });
  }
  return owners;
}

export const truthRef = (sample: number, unit: number): string => `y[${sample},${unit}]`;

export function ownerOf(owners: ReadonlyMap<string, Part>, trace: Trace, ref: string): Part | null {
  // Bias nodes are one for the whole batch, whichever row a formula names.
  const first = ref.replace(/\.one(\.grad)?\[\d+\]$/, (_, grad) => `.one${grad ?? ''}[${trace.sample}]`);
  return owners.get(canonical(trace.layers, ref)) ?? owners.get(first) ?? null;
}

/** In which columns the number of a ref stands, and at which unit of each. */

interface Place {
  column: number;
  unit: number;
}

/** A weight stands between two units; everything else at one, and what belongs to no unit nowhere. */
export function placeOf(trace: Trace, columns: readonly Column[], ref: string): Place[] {
  const parsed = parseRef(canonical(trace.layers, ref));
  const unit = parsed?.index.at(-1);
  if (!parsed || unit === undefined) return [];
  if (parsed.name === 'x') return [{ column: 0, unit }];
  if (parsed.name === 'y' || parsed.name === 'loss') return [{ column: columns.length - 1, unit }];
  const column = columns.findIndex(({ layers }) => layers.some(({ name }) => name === parsed.name));
  if (column < 0 || parsed.part === 'one') return [];
  const [source] = parsed.index;
  const between = parsed.part === 'w' && parsed.index.length === 2 && source !== undefined;
  return between
    ? [
        { column: column - 1, unit: source },
        { column, unit },
      ]
    : [{ column, unit }];
}
