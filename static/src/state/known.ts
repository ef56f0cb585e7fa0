/** Is this number known yet? Everything on the screen asks before it shows a value. */

import { computed } from '@preact/signals';
import { reached } from '../timeline/reached';
import { cursor, growing, trace } from './store';

const settled = computed(() => new Set(growing.value?.settled));

export function isKnown(ref: string): boolean {
  const stages = trace.value?.stages;
  return stages !== undefined && (reached(stages, cursor.value, ref) || settled.value.has(ref));
}
