import { moveIn } from '../move';

/** Up and down go through the numbers of a table, column by column. Left and right belong to the timeline. */

export function goThrough(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const ways = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('[data-entry]')];
  // Sorting keeps the order of the rows.
  ways.sort((one, other) => columnOf(one) - columnOf(other));
  const here = ways.indexOf(event.target as HTMLElement);
  const next = ways[(here + by + ways.length) % ways.length];
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

/** In a map the arrow keys go from number to number in its rows and columns. */
export function goAround(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const body = (event.currentTarget as HTMLTableElement).tBodies[0];
  const rows = [...(body?.rows ?? [])]
    .map((row) => [...row.querySelectorAll<HTMLElement>('[data-entry]')])
    .filter((ways) => ways.length > 0);
  const row = rows.findIndex((ways) => ways.includes(event.target as HTMLElement));
  const here = rows[row];
  if (!here) return;
  const next = moveIn(event.key, [row, here.indexOf(event.target as HTMLElement)], rows.length, here.length);
  if (!next) return;
  event.preventDefault();
  rows[next[0]]?.[next[1]]?.focus();
}

const columnOf = (way: HTMLElement): number => way.closest('td')?.cellIndex ?? 0;
