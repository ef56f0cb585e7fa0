/** The highlighted numbers: those pointed at, and those of the part of the picture that is pointed at. */

import { ownerOf, ownersOf } from '../model/picture';
import { canonical } from '../model/refs';
import { hover, hoverPart } from '../state/attention';
import { setHover } from '../state/moves';
import { visibleGraph } from '../state/visibleGraph';

export function isHighlighted(ref: string): boolean {
  // Read last, because each step draws a new picture: while nothing is pointed at, no formula is rendered for it.
  if (hoverPart.value === null && hover.value.length === 0) return false;
  const current = visibleGraph.value;
  if (!current) return false;
  if (hoverPart.value !== null && ownerOf(ownersOf(current), current, ref)?.id === hoverPart.value) return true;
  const own = canonical(current.layers, ref);
  return hover.value.some((one) => canonical(current.layers, one) === own);
}

/** Handlers that highlight everything that belongs to a ref while it is pointed at or focused. */
export function hoverProps(...refs: string[]) {
  const on = () => setHover(refs);
  const off = () => setHover([]);
  return { onPointerEnter: on, onPointerLeave: off, onFocus: on, onBlur: off };
}
