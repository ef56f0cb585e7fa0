/**
 * What was edited since the service last answered. It makes the document fit that; where nothing can, the edit is taken back:
 * the panel always shows the same network as the picture, or the one about to be shown.
 */

import { batch, signal } from '@preact/signals';
import type { NetworkDocument, Problem } from '../api/types';
import { samplesOf } from '../model/given';
import { getAt } from '../model/json';
import { exact } from '../numbers/format';
import { listen } from './browser';
import { closed, type History, present } from './history';
import * as store from './store';

/** As many as the service takes. */
const MOST = 64;

let places: string[] = [];
/** The last network that worked, and the history up to it. */
let good: { network: NetworkDocument; history: History } | null = null;

/** Whether the last edit was made in Build. Its consequences are shown where the edit was made. */
export const editedInBuild = signal(true);
let inBuild = true;

/** Notes where the person acts, before anything follows from it. */
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

/** What was refused is no longer of interest, nor what was typed for it. */
export function dismiss(): void {
  const { value } = store.refusal;
  if (!value) return;
  store.refusal.value = null;
  const { [value.place]: _, ...others } = store.drafts.value;
  store.drafts.value = others;
}

/** The same where something else is typed at the place now. */
export function dismissAt(place: string): void {
  if (store.refusal.value?.place === place) dismiss();
}

/**
 * Goes back to the last network that worked. What was typed stays in its field, and why it cannot be is said there. Whether
 * there is such a network.
 */
export function takeBack(problem: Problem, attempted: NetworkDocument): boolean {
  if (!good) return false;
  // Of a network that has been edited since, the next answer is the one that counts.
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
    store.sample.value = Math.min(store.sample.value, samplesOf(network) - 1);
  });
  forgetEdits();
  return true;
}
