/** Fetches explanations of what is looked at; the last good ones stay until newer ones have come. */

import { computed, effect, signal } from '@preact/signals';
import { postExplain, Refused, Unreachable } from '../api/client';
import type { Explanation, Trace } from '../api/types';
import { cursor, pieces, sample, selected, trace } from '../state/store';
import { computedRefs } from '../timeline/computed';
import { reached } from '../timeline/reached';
import { subjectOf } from './subject';

/** The ref looked at: the selected one, or else the first that the current step computes. */
export const target = computed<string | null>(() => {
  if (selected.value || !trace.value) return selected.value;
  return computedRefs(trace.value, pieces.value, sample.value)[0] ?? null;
});

export const subject = computed(() => (trace.value && target.value ? subjectOf(trace.value, target.value) : null));

export const explanations = signal<ReadonlyMap<string, Explanation>>(new Map());
export const failure = signal<string | null>(null);

/** Explanations belong to one trace: an edit makes all of them old, and calls off what is still on its way. */
let asked: { of: Trace; refs: Set<string>; known: Map<string, Explanation>; abort: AbortController } | null = null;

export function keepExplained(): () => void {
  return effect(() => {
    const current = trace.value;
    const stages = current?.stages ?? [];
    const wanted = subject.value?.quantities.filter(({ ref }) => reached(stages, cursor.value, ref)) ?? [];
    if (!current) return;
    if (asked?.of !== current) {
      asked?.abort.abort();
      asked = { of: current, refs: new Set(), known: new Map(), abort: new AbortController() };
    }
    const { refs } = asked;
    const missing = wanted.filter(({ ref }) => !refs.has(ref));
    void Promise.all(missing.map(({ ref }) => explain(ref)));
  });
}

async function explain(ref: string): Promise<void> {
  const mine = asked;
  if (!mine) return;
  mine.refs.add(ref);
  try {
    const answer = await postExplain(mine.of.document, ref, mine.abort.signal);
    if (asked !== mine) return;
    mine.known.set(ref, answer);
    // Old explanations of other refs stay: they are replaced one by one, and the page does not flicker.
    explanations.value = new Map([...explanations.value, ...mine.known]);
    failure.value = null;
  } catch (error) {
    mine.refs.delete(ref);
    if (asked !== mine) return;
    if (error instanceof Refused) failure.value = error.problem.detail;
    // An unreachable server is told once, where edits are told.
    else if (!(error instanceof Unreachable)) throw error;
  }
}
