/** Asking for the trace of the network that is there, and showing it. */

import { batch } from '@preact/signals';
import { prepareBody } from '../api/body';
import { postTrace } from '../api/client';
import type { NetworkDocument, Trace } from '../api/types';
import { same } from '../same';
import { finish, sameStages } from '../timeline/cursor';
import { filled } from './history';
import { paced } from './paced';
import * as store from './store';
import { troubleOf } from './trouble';

/** The trace of the network as it now is; while one is under way, of the network as it will be when that has come. */
export const askTrace = paced(async (signal) => {
  const network = store.network.value;
  if (!network) return;
  try {
    const answer = await postTrace(network, store.sample.value, signal);
    if (!signal.aborted) show(answer, network);
  } catch (error) {
    if (!signal.aborted) report(error);
  }
});

export function show(trace: Trace, asked: NetworkDocument): void {
  const before = store.trace.value;
  batch(() => {
    store.trace.value = trace;
    store.trouble.value = null;
    // While one drags the network is further on than its answer.
    if (store.network.value === asked) fill(asked, trace.document);
    if (before && !sameStages(before.stages, trace.stages)) {
      store.cursor.value = Math.min(store.cursor.value, finish(trace.stages));
    }
  });
  prepareBody(trace.document);
}

/** The answer has every default filled in, so that every weight has a field to type in. */
function fill(asked: NetworkDocument, answered: NetworkDocument): void {
  // Where it says nothing new, what the documents of the history share stays shared.
  if (same(asked, answered)) return;
  store.history.value = filled(store.history.value, asked, answered);
  store.network.value = answered;
}

export function report(error: unknown): void {
  store.trouble.value = troubleOf(error);
}
