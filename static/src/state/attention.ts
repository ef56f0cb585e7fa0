/** Which numbers light up: those pointed at, and those of the part of the picture that is pointed at. */

import { ownerOf, ownersOf } from '../model/picture';
import { canonical } from '../model/refs';
import { light } from './moves';
import { hovered, lit } from './store';
import { pictured } from './visibleGraph';

export function isLit(ref: string): boolean {
  // Asked last, for a new picture comes with every step: while nothing is pointed at, no formula is drawn again for it.
  if (hovered.value === null && lit.value.length === 0) return false;
  const current = pictured.value;
  if (!current) return false;
  if (hovered.value !== null && ownerOf(ownersOf(current), current, ref)?.id === hovered.value) return true;
  const own = canonical(current.layers, ref);
  return lit.value.some((one) => canonical(current.layers, one) === own);
}

/** Handlers that light up whatever belongs to a ref while it is pointed at or focused. */
export function pointing(...refs: string[]) {
  const on = () => light(refs);
  const off = () => light([]);
  return { onPointerEnter: on, onPointerLeave: off, onFocus: on, onBlur: off };
}
