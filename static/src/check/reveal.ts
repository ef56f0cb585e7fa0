/** The row that something outside the table points at, and that the table brings into view. */

import { signal } from '@preact/signals';

export const revealed = signal<string | null>(null);
