/** Numbers of the picture that people give are changed where they stand: dragged, or typed in a field that opens there. */

import { computed, signal } from '@preact/signals';
import { pointerOf } from '../model/given';
import { drafts, trace } from '../state/store';

export interface Handled {
  /** The number's place in the document. */
  pointer: string;
  ref: string;
  /** The part of the picture that it is the number of. */
  part: string;
}

/** What was dragged or typed last, and whether its field is open. */
const latest = signal<Handled | null>(null);
const open = signal(false);

/** The number whose field is in the picture: it is open, or it contains an invalid number. */
export const handled = computed(() =>
  latest.value && (open.value || latest.value.pointer in drafts.value) ? latest.value : null,
);

/** Whether it waits for what is typed. */
export const isOpen = computed(() => open.value);

/** The pointer of a given number as the picture shows it; a scaled input is another number than its table's. */
export function givenAt(ref: string): string | null {
  const shown = trace.peek();
  if (!shown || (shown.scaling && ref.startsWith('x['))) return null;
  return pointerOf(shown, ref);
}

/** Has what cannot be said where the number stands. */
export function handle(number: Handled): void {
  latest.value = number;
}

/** Opens a field in the place of a number, if it is one that is given. */
export function typeHere(ref: string, part: string): boolean {
  const pointer = givenAt(ref);
  if (pointer === null) return false;
  latest.value = { pointer, ref, part };
  open.value = true;
  return true;
}

/** It has the focus, or no longer. */
export function setOpen(now: boolean): void {
  open.value = now;
}
