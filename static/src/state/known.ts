/** Whether the cursor has reached a number; nothing is shown before. */

import { computed } from '@preact/signals';
import { zerosOf } from '../model/lookup';
import { reached } from '../model/results';
import { plain } from '../numbers/format';
import { texts } from '../texts';
import { cursor, growing, trace } from './store';

const settled = computed(() => new Set(growing.value?.settled));

const zeros = computed(() => zerosOf(trace.value));

/** Whether it is 0 in exact arithmetic, so that its value is only rounding. */
export const isRoundingZero = (ref: string | null | undefined): boolean =>
  typeof ref === 'string' && zeros.value.has(ref);

/** A number in words, with the rounding note if `of` is a rounding zero. */
export const valueInWords = (value: number, of: string | null): string =>
  isRoundingZero(of) ? texts.rounded : plain(value);

export function isKnown(ref: string): boolean {
  const current = trace.value;
  return current !== null && (reached(current, cursor.value, ref) || settled.value.has(ref));
}
