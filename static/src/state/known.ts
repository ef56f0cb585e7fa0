/** Is this number known yet? Everything on the screen asks before it shows a value. */

import { computed } from '@preact/signals';
import { reached } from '../timeline/reached';
import { cursor, growing, trace } from './store';

const settled = computed(() => new Set(growing.value?.settled));

export function isKnown(ref: string): boolean {
  const current = trace.value;
  return current !== null && (reached(current.stages, cursor.value, ref, current.layers) || settled.value.has(ref));
}
