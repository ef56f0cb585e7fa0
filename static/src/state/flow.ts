/** The gradient-flow strip: whether it is open, and the last good answer. */

import { computed, effect, signal } from '@preact/signals';
import { type GradientFlow, postFlow } from '../api/questions';
import type { Trace } from '../api/types';
import { finish, sameStages, stageEnd } from '../model/cursor';
import { guarded, type RequestError } from './requestError';
import { abortPrevious } from './singleFlight';
import { cursor, trace } from './store';

export const open = signal(false);

export function toggle(): void {
  open.value = !open.value;
}

/** The answer with its trace. It stays on the screen while a newer one is awaited. */
export interface FlowAnswer {
  of: Trace;
  flow: GradientFlow;
}

const answered = signal<FlowAnswer | null>(null);

/** The answer, unless it belongs to another network. */
export const shown = computed(() =>
  answered.value && trace.value && sameStages(answered.value.of.stages, trace.value.stages) ? answered.value : null,
);
export const refused = signal<RequestError | null>(null);

/** The cursor at which the last gradient is known. */
const due = computed(() => {
  const stages = trace.value?.stages ?? [];
  const last = stages.findLast(({ phase }) => phase === 'backward');
  return last ? stageEnd(last) : finish(stages);
});

export const isKnown = computed(() => trace.value !== null && cursor.value >= due.value);

/** Moves to the end of the backward pass. */
export function toGradients(): void {
  cursor.value = due.value;
}

/**
 * While the strip is open and the gradients are known, the flow of every new trace is requested; only the newest
 * counts.
 */
export function keepFlow(): () => void {
  return effect(() => {
    const current = trace.value;
    if (current && isKnown.value && answered.peek()?.of !== current) void ask(current);
  });
}

export function retry(): void {
  if (trace.value) void ask(trace.value);
}

const newest = abortPrevious();

async function ask(of: Trace): Promise<void> {
  const flow = await guarded(refused, () => newest((signal) => postFlow(of.document, signal)));
  if (flow) answered.value = { of, flow };
}
