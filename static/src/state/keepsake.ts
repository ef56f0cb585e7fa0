/**
 * What a page leaves for its own reload: the very last change, for which the address came too late, and networks that no
 * address could hold.
 */

import { toJson } from '../json';
import { written } from '../share/written';
import { isBeginning, shared } from './sharing';
import { pending } from './store';

const KEY = 'backprop-explorer.left';

export function leaveKeepsake(): void {
  const state = shared.peek();
  try {
    if (!state || pending.peek() || isBeginning(state)) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, `${location.hash}\n${toJson(written(state))}`);
  } catch {
    // Storage may be forbidden or full; then the address is all there is.
  }
}

/**
 * The state as JSON, if it was left by this page for its own reload, or at this very address. What a reload finds need not
 * have the address that was left: on a busy page the address may be written in between.
 */
export function keepsake(): string | null {
  try {
    const [address, ...rest] = (sessionStorage.getItem(KEY) ?? '').split('\n');
    return rest.length > 0 && (address === location.hash || isReload()) ? rest.join('\n') : null;
  } catch {
    return null;
  }
}

export function dropKeepsake(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Then there is none either.
  }
}

function isReload(): boolean {
  const [entry] = performance.getEntriesByType('navigation');
  return (entry as PerformanceNavigationTiming | undefined)?.type === 'reload';
}
