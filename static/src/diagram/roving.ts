/** One tab stop for the whole diagram; up and down go from part to part within it. Left and right belong to the timeline. */

import { signal } from '@preact/signals';

/** The part that Tab enters the diagram at. */
export const stop = signal<string | null>(null);

export function rove(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const parts = [...(event.currentTarget as Element).querySelectorAll<SVGElement>('[data-part]')];
  const here = parts.indexOf(event.target as SVGElement);
  const next = parts[(here + by + parts.length) % parts.length];
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
