/** Is this number known yet? Everything on the screen asks before it shows a value. */

import { computed } from '@preact/signals';
import { reached } from '../timeline/known';
import { cursor, growing, trace } from './store';

const settled = computed(() => new Set(growing.value?.settled));

const zeros = computed(() => new Set(trace.value?.rounding));

/** Whether it is 0 by hand, and what is there is rounding. */
export const isRoundingZero = (ref: string | null): boolean => ref !== null && zeros.value.has(ref);

export function isKnown(ref: string): boolean {
  const current = trace.value;
  return current !== null && (reached(current, cursor.value, ref) || settled.value.has(ref));
}
