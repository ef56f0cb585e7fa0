/** Undo and redo. */

import { batch, computed } from '@preact/signals';
import type { NetworkDocument } from '../api/types';
import { samplesOf } from '../model/given';
import * as attention from './attention';
import { listen } from './browser';
import { dismiss, forgetEdits } from './edits';
import { type Change, changed, closed, moved, type Opened, opened, type Place, present } from './history';
import * as store from './store';
import { askTrace } from './tracing';
import { callOff } from './walking';

export const canUndo = computed(() => store.history.value.at > 0 || isDrafting());
export const canRedo = computed(() => store.history.value.at < store.history.value.entries.length - 1);

/** A typed text that is not a number is undone first: it is the latest change. */
export async function undo(): Promise<void> {
  if (isDrafting()) {
    dismiss();
    store.drafts.value = {};
  } else await goTo(store.history.value.at - 1);
}

export async function redo(): Promise<void> {
  await goTo(store.history.value.at + 1);
}

/** Shows an entry of the history. Within one network the view is kept. */
export async function goTo(entry: number): Promise<void> {
  const before = present(store.history.value);
  const next = moved(store.history.value, entry, here());
  const shown = present(next);
  if (!shown || !before || next.at === store.history.value.at) return;
  batch(() => {
    callOff();
    forgetEdits();
    dismiss();
    store.history.value = next;
    store.network.value = shown.document;
    store.example.value = shown.example;
    store.drafts.value = {};
    if (shown.opening !== before.opening) lookAt(shown.place);
    // Another training step has the view with which it was left.
    else if (shown.step !== before.step) store.cursor.value = shown.place.cursor;
    store.sample.value = Math.min(store.sample.value, Math.max(0, samplesOf(shown.document) - 1));
  });
  await askTrace();
}

/** Adds a change to the history. */
export function remember(document: NetworkDocument, change: Change): void {
  store.history.value = changed(store.history.value, document, change, here());
}

/** Records that another network was opened. */
export function rememberOpening(opening: Opened): void {
  store.history.value = opened(store.history.value, opening, here());
}

/** Ends the gesture: the next change is a separate entry. */
export function endGesture(): void {
  store.history.value = closed(store.history.value);
}

/** A gesture ends when the next begins, and when a field is left. */
export function keepGesturesApart(): () => void {
  // Before any other handler, so that this does not end the gesture that begins now.
  return listen(window, { pointerdown: endGesture, focusout: endGesture }, { capture: true });
}

export function lookAt({ sample, cursor, trail }: Place): void {
  store.sample.value = sample;
  store.cursor.value = cursor;
  attention.selectionPath.value = trail;
  store.playing.value = false;
}

/** The current view and position. */
export const here = (): Place => ({
  sample: store.sample.value,
  cursor: store.cursor.value,
  trail: attention.selectionPath.value,
});

const isDrafting = (): boolean => Object.keys(store.drafts.value).length > 0;

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Ctrl Z or ⌘ Z undoes; with shift, or Ctrl Y, redoes. */
export function historyKey({ key, ctrlKey, metaKey, shiftKey, altKey }: Pressed): 'undo' | 'redo' | null {
  if (!(ctrlKey || metaKey) || altKey) return null;
  const letter = key.toLowerCase();
  if (letter === 'z') return shiftKey ? 'redo' : 'undo';
  return letter === 'y' && ctrlKey && !shiftKey ? 'redo' : null;
}
