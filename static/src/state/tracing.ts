/** Requesting and showing the trace of the current network. */

import { batch, effect } from '@preact/signals';
import { postTrace, Refused, type Unreachable } from '../api/client';
import type { NetworkDocument, Trace } from '../api/types';
import { finish, sameStages } from '../model/cursor';
import { same } from '../model/json';
import { hashOf } from '../model/training-line';
import { edited, forgetEdits, takeBack, works } from './edits';
import { filled, type History, traced } from './history';
import { requestErrorOf } from './requestError';
import { singleFlight } from './singleFlight';
import * as store from './store';
import { note } from './walking';

/** The trace of the shown sample; of the first one, if the mini-batch has fewer samples than the one before. */
export async function traceOf(
  network: NetworkDocument,
  signal: AbortSignal,
  asked: Parameters<typeof postTrace>[3],
): Promise<Trace> {
  try {
    return await postTrace(network, store.sample.value, signal, asked);
  } catch (error) {
    if (!(error instanceof Refused && error.problem.key === 'no_such_sample' && network.data)) throw error;
    const trace = await postTrace(network, 0, signal, asked);
    store.sample.value = 0;
    return trace;
  }
}

/** Requests the trace of the current network; while a request is in flight, that of the network after it. */
export const askTrace = singleFlight(async (signal) => {
  const network = store.network.value;
  if (!network) return;
  const history = store.history.value;
  try {
    const asked = { edited: edited(), products: store.needsProducts.value };
    const answer = await traceOf(network, signal, asked);
    if (!signal.aborted) show(answer, network, history);
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof Refused && takeBack(error.problem, network))) report(error);
  }
});

/**
 * Other pictures have no products, so a drag does not wait for them: they are requested when they are first shown. An
 * unanswered request is repeated like any other.
 */
export const keepProducts = (): (() => void) =>
  effect(() => {
    const { trace, needsProducts, behind, requestError } = store;
    const isAnswered = !behind.value && requestError.value === null;
    if (needsProducts.value && isAnswered && trace.value?.products === null) void askTrace();
  });

/** `history` is the history at the time of the request. */
export function show(trace: Trace, requested: NetworkDocument, history: History = store.history.value): void {
  const before = store.trace.value;
  batch(() => {
    store.trace.value = trace;
    store.requestError.value = null;
    if (note.value?.kind === 'gone') note.value = null;
    // During a drag the network is newer than its answer.
    if (store.network.value === requested) {
      fill(requested, trace.document);
      witness(trace);
      works(store.network.value, store.history.value);
      store.fitted.value = trace.fitted;
      forgetEdits();
    } else works(trace.document, filled(history, requested, trace.document));
    if (before && !sameStages(before.stages, trace.stages)) {
      store.cursor.value = Math.min(store.cursor.value, finish(trace.stages));
    }
  });
}

/** The answer has every default filled in, so that every weight has a field to type in. */
function fill(requested: NetworkDocument, answered: NetworkDocument): void {
  // If nothing was filled in, documents of the history keep sharing their parts.
  if (same(requested, answered)) return;
  store.history.value = filled(store.history.value, requested, answered);
  store.network.value = answered;
}

/** Records the hash and the loss of the training step; if they are known, they must be the same to the last bit. */
function witness({ hash, loss }: Trace): void {
  const [{ value: line }, { value: document }, step] = [store.line, store.network, store.trainingStep.value];
  if (!line || !document) return;
  const known = hashOf(line, step);
  if (known !== undefined && known !== hash) note.value = { kind: 'differs', step };
  else if (known === undefined) {
    const { value } = loss;
    store.history.value = traced(store.history.value, { document, hash, loss: Number.isFinite(value) ? value : null });
  }
}

/**
 * If a read-only request finds the server unreachable, the trace is requested until it is back, on the existing
 * schedule.
 */
export function reportAbsence(error: Unreachable): void {
  if (store.requestError.peek()?.kind !== 'unreachable') report(error);
}

export function report(error: unknown): void {
  store.requestError.value = requestErrorOf(error);
}
