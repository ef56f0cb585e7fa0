/** A pinned snapshot, to compare later states with. */

import { batch, computed, signal } from '@preact/signals';
import type { Trace } from '../api/types';
import type { Sentence } from '../maths/sentences';
import { differences, type Kind } from '../model/differences';
import { present } from './history';
import { history, trace, trainingStep } from './store';

/** The most rows that are listed; the number of all differences is shown. */
export const MAX_ROWS = 100;

export interface Pin {
  trace: Trace;
  /** The last change before it. */
  title: Sentence;
  /** Its training step. */
  step: number;
}

export const pinned = signal<Pin | null>(null);
/** Whether the differences are shown. */
export const comparing = signal(false);
export const kind = signal<Kind | 'all'>('all');

export const compared = computed(() =>
  pinned.value && trace.value ? differences(pinned.value.trace, trace.value, kind.value, MAX_ROWS) : null,
);

/** Whether training steps other than 1 are involved, so that texts must name them. */
export const inSteps = computed(() => Math.max(trainingStep.value, pinned.value?.step ?? 1) > 1);

export function pin(): void {
  if (!trace.value) return;
  batch(() => {
    const title = present(history.value)?.title ?? [];
    pinned.value = trace.value && { trace: trace.value, title, step: trainingStep.value };
    comparing.value = true;
  });
}

export function unpin(): void {
  batch(() => {
    pinned.value = null;
    comparing.value = false;
  });
}

export function togglePin(): void {
  if (pinned.value) unpin();
  else pin();
}

export function toggleComparing(): void {
  comparing.value = pinned.value !== null && !comparing.value;
}
