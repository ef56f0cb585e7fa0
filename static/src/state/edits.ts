/**
 * The edits since the service last answered. It fits the document to them; if that is impossible, the edit is
 * reverted: the panel always shows the same network as the picture, or the one about to be shown.
 */

import { batch, signal } from '@preact/signals';
import type { NetworkDocument, Problem } from '../api/types';
import { sampleWithin } from '../model/given';
import { getAt } from '../model/json';
import { exact } from '../numbers/format';
import { listen } from './browser';
import { closed, type History, present } from './history';
import * as store from './store';

/** The service's limit. */
const MOST = 64;

let places: string[] = [];
/** The last network that worked, and the history up to it. */
let good: { network: NetworkDocument; history: History } | null = null;

/** Whether the last edit was made in Build. Its consequences are shown where the edit was made. */
export const editedInBuild = signal(true);
let inBuild = true;

/** Records where the user acts, before other handlers run. */
export function keepWhereOneEdits(): () => void {
  const note = ({ target }: Event) => {
    inBuild = target instanceof Element && target.closest('.build') !== null;
  };
  const acts = { pointerdown: note, keydown: note, click: note, input: note, change: note };
  return listen(window, acts, { capture: true });
}

/** The places that were edited, the latest last. */
export const edited = (): readonly string[] => places;

export function noteEdits(now: readonly string[]): void {
  places = [...places.filter((place) => !now.includes(place)), ...now].slice(-MOST);
  editedInBuild.value = inBuild;
  dismiss();
}

export function forgetEdits(): void {
  places = [];
}

export function works(network: NetworkDocument, history: History): void {
  good = { network, history: closed(history) };
  store.traced.value = network;
}

/** The refusal and the text typed for it are discarded. */
export function dismiss(): void {
  const { value } = store.refusal;
  if (!value) return;
  store.refusal.value = null;
  const { [value.place]: _, ...others } = store.drafts.value;
  store.drafts.value = others;
}

/** The same if something else is now typed at the place. */
export function dismissAt(place: string): void {
  if (store.refusal.value?.place === place) dismiss();
}

/**
 * Returns to the last network that worked. The typed text stays in its field, with the reason of the refusal. Returns
 * whether there is such a network.
 */
export function takeBack(problem: Problem, attempted: NetworkDocument): boolean {
  if (!good) return false;
  // If the network has been edited since, the next answer counts.
  if (store.network.value !== attempted) return true;
  const { network, history } = good;
  const place = places.at(-1) ?? '';
  const typed = getAt(attempted, place);
  batch(() => {
    store.history.value = history;
    store.network.value = network;
    store.example.value = present(history)?.example ?? null;
    store.requestError.value = null;
    store.fitted.value = [];
    store.refusal.value = { problem, place, attempted };
    if (typeof typed === 'number') store.drafts.value = { ...store.drafts.value, [place]: exact(typed) };
    store.sample.value = sampleWithin(network, store.sample.value);
  });
  forgetEdits();
  return true;
}
