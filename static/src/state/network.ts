/** Opening, editing and tracing the network. Every change is a new document, and the newest trace wins. */

import { batch } from '@preact/signals';
import { getCatalog, getExamples, postTrace } from '../api/client';
import type { NetworkDocument, Trace } from '../api/types';
import { finish, sameStages } from '../timeline/cursor';
import { setAt } from '../tree';
import { latest, SUPERSEDED } from './latest';
import * as store from './store';
import { troubleOf } from './trouble';

const newest = latest();

export async function start(): Promise<void> {
  // The catalog only fills menus; the first picture does not wait for it.
  getCatalog().then(
    (catalog) => {
      store.catalog.value = catalog;
    },
    () => undefined,
  );
  try {
    store.examples.value = await getExamples();
    store.trouble.value = null;
  } catch (error) {
    report(error);
    return;
  }
  const [first] = store.examples.value;
  if (first) await openExample(first.slug);
}

export async function openExample(slug: string): Promise<void> {
  const found = store.examples.value.find((example) => example.slug === slug);
  if (!found) return;
  batch(() => {
    store.example.value = slug;
    store.network.value = found.document;
    store.drafts.value = {};
    store.sample.value = 0;
    store.cursor.value = 0;
    store.trail.value = [];
    store.playing.value = false;
  });
  await retrace();
}

/** Puts a value in its place in the document. */
export async function edit(pointer: string, value: unknown): Promise<void> {
  const { network, drafts } = store;
  if (!network.value) return;
  drafts.value = without(drafts.value, pointer);
  await replace(setAt(network.value, pointer, value));
}

/** Every change of the network is a new document in the place of the old one. */
export async function replace(document: NetworkDocument): Promise<void> {
  batch(() => {
    store.network.value = document;
    store.example.value = null;
  });
  await retrace();
}

/** A text that is no number stays where it was typed and is not sent. */
export function keepDraft(pointer: string, text: string): void {
  store.drafts.value = { ...store.drafts.value, [pointer]: text };
}

export function dropDraft(pointer: string): void {
  store.drafts.value = without(store.drafts.value, pointer);
}

export async function showSample(sample: number): Promise<void> {
  store.sample.value = sample;
  await retrace();
}

export async function retrace(): Promise<void> {
  const network = store.network.value;
  if (!network) return start();
  try {
    const answer = await newest((signal) => postTrace(network, store.sample.value, signal));
    if (answer !== SUPERSEDED) show(answer);
  } catch (error) {
    report(error);
  }
}

function show(trace: Trace): void {
  const before = store.trace.value;
  batch(() => {
    store.trace.value = trace;
    // The answer has every default filled in, so that every weight has a field to type in.
    store.network.value = trace.document;
    store.trouble.value = null;
    if (before && !sameStages(before.stages, trace.stages)) {
      store.cursor.value = Math.min(store.cursor.value, finish(trace.stages));
    }
  });
}

function report(error: unknown): void {
  store.trouble.value = troubleOf(error);
}

function without(drafts: Readonly<Record<string, string>>, pointer: string): Record<string, string> {
  return Object.fromEntries(Object.entries(drafts).filter(([place]) => place !== pointer));
}
