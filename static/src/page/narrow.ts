/** Whether the page stands in one column, as on a phone; the styles for it ask for the same width. */

import { signal } from '@preact/signals';

const phone = globalThis.matchMedia?.('(max-width: 720px)');

export const isNarrow = signal(phone?.matches ?? false);

phone?.addEventListener('change', ({ matches }) => {
  isNarrow.value = matches;
});
