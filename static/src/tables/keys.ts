/** A table is one stop of the Tab key, and the arrow keys go through its numbers. */

import { useState } from 'preact/hooks';
import { selected } from '../state/store';
import { goAbout, goRound } from '../ui/roving';
import type { Entry } from './rows';

/** The stop is the number that one was at last, or that is selected, or the first. */
export function useStop(entries: readonly (Entry | null)[]) {
  const [focused, setFocused] = useState<string | null>(null);
  const refs = entries.flatMap((entry) => entry?.ref ?? []);
  return {
    stop: [focused, selected.value].find((ref) => ref !== null && refs.includes(ref)) ?? refs[0],
    onFocusCapture: (event: FocusEvent) => setFocused((event.target as HTMLElement).dataset.entry ?? null),
  };
}

const entriesIn = (part: Element): HTMLElement[] => [...part.querySelectorAll<HTMLElement>('[data-entry]')];
const columnOf = (entry: HTMLElement): number => entry.closest('td')?.cellIndex ?? 0;

/** Up and down go through them column by column: sorting keeps the order of the rows. */
export function goThrough(event: KeyboardEvent): void {
  const entries = entriesIn(event.currentTarget as Element).sort((one, other) => columnOf(one) - columnOf(other));
  goRound(event, entries);
}

/** In a map they go from number to number in its rows and columns. */
export function goAround(event: KeyboardEvent): void {
  const rows = [...((event.currentTarget as HTMLTableElement).tBodies[0]?.rows ?? [])].map(entriesIn);
  const written = rows.filter((row) => row.length > 0);
  goAbout(event, written);
}
