/**
 * How the page starts, and how it retries while the server is unreachable: at increasing intervals, and at once when
 * the network is back.
 */

import { effect } from '@preact/signals';
import { getCatalog, getExamples } from '../api/client';
import { language } from '../texts/language';
import { openAtStart } from './address';
import { listen } from './browser';
import { openFirst } from './network';
import * as store from './store';
import { askTrace, report } from './tracing';
import { asksForNetwork } from './view';

export async function start(): Promise<void> {
  // The catalog only fills menus; the first picture does not wait for it.
  getCatalog(language).then(
    (catalog) => {
      store.catalog.value = catalog;
    },
    () => undefined,
  );
  try {
    store.examples.value = await getExamples(language);
    store.requestError.value = null;
  } catch (error) {
    report(error);
    return;
  }
  try {
    if (await openAtStart()) return;
  } catch (error) {
    report(error);
    return;
  }
  // If something could not be opened, the reason is shown, and no other network is opened instead.
  if (store.notice.value === null && !asksForNetwork(location.hash)) await openFirst();
}

export async function retrace(): Promise<void> {
  if (store.network.value) await askTrace();
  // What a frame shows is not what the page starts with.
  else await (store.readOnly.value && store.pending.value ? store.pending.value() : start());
}

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

/** Milliseconds to wait before the n-th try, from 0. */
export const pauseBefore = (attempt: number): number => Math.min(FIRST_PAUSE * 2 ** attempt, LONGEST_PAUSE);

export async function tryAgain(): Promise<void> {
  const { pending, network, requestError: trouble } = store;
  if (pending.value) await pending.value();
  // The pending document was refused, and there was none before it.
  if (!pending.value && (!network.value || trouble.value)) await retrace();
}

export function keepTrying(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  const stop = effect(() => {
    // Each failure is a new object in `requestError`, and so schedules the next try.
    const { value } = store.requestError;
    clearTimeout(timer);
    if (value?.kind !== 'unreachable') attempt = 0;
    else timer = setTimeout(() => void tryAgain(), pauseBefore(attempt++));
  });
  const now = () => {
    if (store.requestError.peek()?.kind === 'unreachable') void tryAgain();
  };
  const end = listen(window, { online: now });
  return () => {
    stop();
    clearTimeout(timer);
    end();
  };
}
