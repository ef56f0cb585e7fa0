/** Keys within a single tab stop: they move from one of its elements to the next. */

import { useRef } from 'preact/hooks';

export type Place = readonly [row: number, column: number];

/** Key combinations that the browser or the page uses. */
export const isShortcut = ({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => ctrlKey || metaKey || altKey;

/** The target of a key within a grid of rows and columns; null if it does not move. */
export function moveIn(key: string, [row, column]: Place, rows: number, columns: number): Place | null {
  switch (key) {
    case 'ArrowUp':
      return [Math.max(0, row - 1), column];
    case 'ArrowDown':
      return [Math.min(rows - 1, row + 1), column];
    case 'ArrowLeft':
      return [row, Math.max(0, column - 1)];
    case 'ArrowRight':
      return [row, Math.min(columns - 1, column + 1)];
    case 'Home':
      return [row, 0];
    case 'End':
      return [row, columns - 1];
    case 'PageUp':
      return [0, column];
    case 'PageDown':
      return [rows - 1, column];
    default:
      return null;
  }
}

/** The fraction of a slider that a page key, or an arrow key with Shift, moves by. */
const PAGE = 1 / 20;

/** The place to which a key moves a slider of whole numbers; null if it does not move. */
export function slideBy(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  at: number,
  first: number,
  last: number,
): number | null {
  const far = Math.max(1, Math.round((last - first) * PAGE));
  const by = shiftKey ? far : 1;
  const places: Record<string, number> = {
    ArrowLeft: at - by,
    ArrowDown: at - by,
    ArrowRight: at + by,
    ArrowUp: at + by,
    PageDown: at - far,
    PageUp: at + far,
    Home: first,
    End: last,
  };
  const place = places[key];
  return place === undefined ? null : Math.min(Math.max(place, first), last);
}

type Item = HTMLElement | SVGElement;

/** Up and down cycle through a column; left and right belong to the timeline. */
export function goRound(event: KeyboardEvent, items: readonly Item[]): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const here = items.indexOf(event.target as Item);
  if (by !== undefined && here >= 0) focus(event, items[(here + by + items.length) % items.length]);
}

/** Left and right move along a row, Home and End to its ends. */
export function goAlong(event: KeyboardEvent, items: readonly Item[]): void {
  if (!/Up|Down/.test(event.key)) goAbout(event, [items]);
}

/** Keys move through rows as in a grid. Returns whether the key was handled. */
export function goAbout(event: KeyboardEvent, rows: readonly (readonly Item[])[]): boolean {
  const row = rows.findIndex((items) => items.includes(event.target as Item));
  const here = rows[row];
  const next = here && moveIn(event.key, [row, here.indexOf(event.target as Item)], rows.length, here.length);
  return next ? focus(event, rows[next[0]]?.[next[1]]) : false;
}

function focus(event: KeyboardEvent, item: Item | undefined): boolean {
  if (isShortcut(event) || !item) return false;
  event.preventDefault();
  item.focus();
  return true;
}

/** Handlers for a box whose buttons disappear when they are pressed: the focus returns to where it came from. */
export function useFocusBack() {
  const from = useRef<HTMLElement | null>(null);
  return useRef({
    onFocusIn: ({ currentTarget, relatedTarget }: FocusEvent) => {
      const outside = relatedTarget instanceof Element && !(currentTarget as Element).contains(relatedTarget);
      if (outside) from.current = relatedTarget as HTMLElement;
    },
    onClickCapture: ({ target }: Event) => {
      if (from.current && (target as Element).closest('button')) focusAt(from.current);
    },
  }).current;
}

/** Focus the element or, if it is gone, its replacement, or the picture: the keyboard focus is never lost. */
export function focusAt(gone: HTMLElement): void {
  const own = gone.isConnected ? gone : document.getElementById(gone.id);
  const stop = document.querySelector<SVGElement>('.picture .part[tabindex="0"]');
  (own ?? stop)?.focus({ preventScroll: true });
}
