/** A table on its way in: pasted, dropped or chosen, and shown before it is used. */

import { signal } from '@preact/signals';

/** `null` in the place of the text or file: it is asked for. */
export interface Incoming {
  source: File | string | null;
}

export const incoming = signal<Incoming | null>(null);
