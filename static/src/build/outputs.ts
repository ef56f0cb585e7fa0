import { computed } from '@preact/signals';
import { sampleShape } from '../shape';
import { trace } from '../state/store';

/** How many outputs the network has, or channels. */
export const outputs = computed(() => (trace.value ? sampleShape(trace.value.output)[0] : undefined));
