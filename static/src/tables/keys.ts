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

const columnOf = (way: HTMLElement): number => way.closest('td')?.cellIndex ?? 0;
