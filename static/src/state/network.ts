/** Opening, editing and tracing the network. Every change is a new document, and an entry of the history. */

import { batch } from '@preact/signals';
import type { NetworkDocument } from '../api/types';
import { setAt } from '../model/json';
import { texts } from '../texts';
import { dismiss, dismissAt, forgetEdits, noteEdits } from './edits';
import { type Change, type Gesture, type Opened, type Place, present, type Title } from './history';
import { noteRapidInput } from './rapidInput';
import * as store from './store';
import { editTitle } from './titles';
import { askTrace } from './tracing';
import { lookAt, remember, rememberOpening } from './undo';
import { callOff } from './walking';

const titles = texts.history.titles;

/** Opens the network that the page starts with. */
export async function openFirst(): Promise<void> {
  const [first] = store.examples.value;
  if (first && !store.network.value && !store.pending.value) await openExample(first.slug);
}

export async function openExample(slug: string): Promise<void> {
  const found = store.examples.value.find((example) => example.slug === slug);
  if (found) await open(found.document, titles.opened(found.title), { example: slug });
}

/** Opens another network. */
export async function open(document: NetworkDocument, title: Title, opening: Opening = {}): Promise<void> {
  putUp(document, title, opening);
  await askTrace();
}

interface Opening {
  example?: string | null;
  place?: Place;
  training?: Opened['training'];
}

/** The same without requesting its trace. */
export function putUp(document: NetworkDocument, title: Title, opening: Opening): void {
  const { example = null, place = BEGINNING, training } = opening;
  // Late answers about the previous network must not appear.
  askTrace.abandon();
  batch(() => {
    callOff();
    rememberOpening({ document, title, example, training });
    // An earlier failure to open something is no longer relevant.
    store.notice.value = null;
    store.noticeWay.value = null;
    store.example.value = example;
    store.network.value = document;
    forgetEdits();
    dismiss();
    store.drafts.value = {};
    lookAt(place);
  });
}

const BEGINNING: Place = { sample: 0, cursor: 0, trail: [] };

/**
 * Sets a value in the document. Consecutive changes of one place are one entry of the history, unless their gestures
 * differ.
 */
export async function edit(pointer: string, value: unknown, gesture: Gesture = pointer): Promise<void> {
  const { network, drafts, trace, catalog } = store;
  if (!network.value) return;
  drafts.value = without(drafts.value, pointer);
  const title = (before: NetworkDocument) =>
    editTitle({ trace: trace.value, catalog: catalog.value }, before, pointer, value);
  await replace(setAt(network.value, pointer, value), { title, gesture, places: [pointer] });
}

/** Every change of the network replaces the document, with a title. */
export async function replace(document: NetworkDocument, change: Change = { title: titles.unnamed }): Promise<void> {
  batch(() => {
    noteRapidInput();
    callOff();
    noteEdits(change.places ?? []);
    remember(document, change);
    store.network.value = document;
    // An example whose change is reverted is that example again.
    store.example.value = present(store.history.value)?.example ?? null;
  });
  await askTrace();
}

/** A text that is not a number stays in its field and is not sent. */
export function keepDraft(pointer: string, text: string): void {
  dismissAt(pointer);
  store.drafts.value = { ...store.drafts.value, [pointer]: text };
}

export function dropDraft(pointer: string): void {
  dismissAt(pointer);
  store.drafts.value = without(store.drafts.value, pointer);
}

export async function showSample(sample: number): Promise<void> {
  store.sample.value = sample;
  await askTrace();
}

/** The same object where there is no draft, so that subscribers to drafts are not notified. */
function without(drafts: Readonly<Record<string, string>>, pointer: string): Readonly<Record<string, string>> {
  if (!(pointer in drafts)) return drafts;
  return Object.fromEntries(Object.entries(drafts).filter(([place]) => place !== pointer));
}
