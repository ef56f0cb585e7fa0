import { computed } from '@preact/signals';
import { outputOf, shapeOf } from '../lookup';
import { trace } from '../state/store';

/** How many outputs the network has, or channels. */
export const outputs = computed(() => (trace.value ? shapeOf(outputOf(trace.value))[1] : undefined));
