/** Which part of the picture a ref belongs to: a node, an edge, a truth or the loss. */

import type { Trace } from '../api/types';
import { canonical, gradientOf, nextOf } from '../refs';

export type Part =
  | { kind: 'node'; id: string }
  | { kind: 'edge'; id: string }
  | { kind: 'truth'; id: string; unit: number }
  | { kind: 'loss'; id: 'loss' };

/** Every step asks, so a trace's owners are found out once. */
const kept = new WeakMap<Trace, ReadonlyMap<string, Part>>();

export function ownersOf(trace: Trace): ReadonlyMap<string, Part> {
  const owners = kept.get(trace) ?? findOwners(trace);
  kept.set(trace, owners);
  return owners;
}

function findOwners(trace: Trace): ReadonlyMap<string, Part> {
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
