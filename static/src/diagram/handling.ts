/** Given numbers of the picture are edited in place: dragged, or typed in a field that opens there. */

import { computed, signal } from '@preact/signals';
import { pointerOf } from '../model/given';
import { drafts, readOnly, trace } from '../state/store';

export interface Handled {
  /** The number's place in the document. */
  pointer: string;
  ref: string;
  /** Its part of the picture. */
  part: string;
}

/** The number that was dragged or typed last, and whether its field is open. */
const latest = signal<Handled | null>(null);
const open = signal(false);

/** The number whose field is in the picture: it is open, or it contains an invalid number. */
export const handled = computed(() =>
  latest.value && (open.value || latest.value.pointer in drafts.value) ? latest.value : null,
);

/** Whether the field waits for input. */
export const isOpen = computed(() => open.value);

/** The pointer of a given number as the picture shows it; a scaled input differs from the number in its table. */
export function givenAt(ref: string): string | null {
  const shown = trace.peek();
  if (!shown || readOnly.peek() || (shown.scaling && ref.startsWith('x['))) return null;
  return pointerOf(shown, ref);
}

/** Called when a number is dragged or edited; a message about it appears there. */
export function handle(number: Handled): void {
  latest.value = number;
}

/** Opens a field in the place of a given number. */
export function typeHere(ref: string, part: string): boolean {
  const pointer = givenAt(ref);
  if (pointer === null) return false;
  latest.value = { pointer, ref, part };
  open.value = true;
  return true;
}

/** Called when the field gets or loses the focus. */
export function setOpen(now: boolean): void {
  open.value = now;
}
