/** A table is one stop of the Tab key: the number that one was at last, or that is selected, or the first. */

import { useState } from 'preact/hooks';
import { selected } from '../state/store';
import type { Entry } from './rows';

export function useStop(entries: readonly (Entry | null)[]) {
  const [focused, setFocused] = useState<string | null>(null);
  const refs = entries.flatMap((entry) => entry?.ref ?? []);
  return {
    stop: [focused, selected.value].find((ref) => ref !== null && refs.includes(ref)) ?? refs[0],
    onFocusCapture: (event: FocusEvent) => setFocused((event.target as HTMLElement).dataset.entry ?? null),
  };
}
