/** A state as the part of an address, if it fits into one. */

import { MAX_LINK, MAX_LINK_NUMBERS } from './limits';
import { type Packed, packed } from './link';
import type { SharedState } from './state';

export type Packing =
  | ({ fits: true } & Packed)
  | { fits: false; why: 'length' | 'numbers'; asked: number; allowed: number };

export async function packing(state: SharedState): Promise<Packing> {
  const numbers = numbersOf(state.document) + (state.start ? numbersOf(state.start.document) : 0);
  if (numbers > MAX_LINK_NUMBERS) return { fits: false, why: 'numbers', asked: numbers, allowed: MAX_LINK_NUMBERS };
  const made = await packed(state);
  if (made.payload.length <= MAX_LINK) return { fits: true, ...made };
  return { fits: false, why: 'length', asked: made.payload.length, allowed: MAX_LINK };
}

export async function payloadOf(state: SharedState): Promise<string | null> {
  const made = await packing(state);
  return made.fits ? made.payload : null;
}

const counted = new WeakMap<object, number>();

/** Counted once for each document, which is never changed but only replaced: the address is packed after every step. */
function numbersOf(document: object): number {
  const count = counted.get(document) ?? countNumbers(document);
  counted.set(document, count);
  return count;
}

function countNumbers(tree: unknown): number {
  if (typeof tree === 'number') return 1;
  if (typeof tree !== 'object' || tree === null) return 0;
  return Object.values(tree).reduce<number>((sum, entry) => sum + countNumbers(entry), 0);
}
