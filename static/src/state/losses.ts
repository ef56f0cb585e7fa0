/** The losses known of the line of training steps that is shown, and how they are shown. */

import { computed, signal } from '@preact/signals';
import { hasLog, rangeOf, type Scale, usualScale } from '../training/loss-curve';
import { line } from './store';

export const asRows = signal(false);

/** Chosen by hand, it stays, as far as there are logarithms. */
export const chosenScale = signal<Scale | null>(null);

export const range = computed(() => (line.value ? rangeOf(line.value) : null));
export const canLog = computed(() => range.value !== null && hasLog(range.value));
export const scale = computed<Scale>(() => {
  if (!range.value || !canLog.value) return 'linear';
  return chosenScale.value ?? usualScale(range.value);
});
