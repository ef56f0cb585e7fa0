/**
 * What the browser keeps beyond a tab: documents in its database, under names that sort by the time at which their page
 * was opened, and the keys of the networks that were stored on the server from here.
 */

import { signal } from '@preact/signals';
import { delMany, get as getOne, keys, set } from 'idb-keyval';
import { documentJson } from '../model/json';

/** The most pages with a document there at a time; those of older pages are removed. */
const MOST = 8;
/** A duplicated tab is a separate page and has another key. */
const OWN = `${Date.now()}-${Math.random().toString(36).slice(2)}`;

/** Replaces the previous document, and returns its name. */
export async function put(document: object): Promise<string> {
  await set(OWN, new Blob([documentJson(document)]));
  const old = (await keys<string>()).sort().slice(0, -MOST);
  await delMany(old.filter((name) => name !== OWN));
  return OWN;
}

/** A document as JSON. */
export async function get(name: string): Promise<string | null> {
  const blob = await getOne<Blob>(name);
  return blob ? await blob.text() : null;
}

/** A network on the server: only `id` allows deleting it; `view` is in links. `at` is when it was stored. */
export interface StoredHere {
  id: string;
  view: string;
  name: string;
  at: string;
}

const LIST = 'backprop-explorer.stored';
/** The oldest of more are forgotten. */
const MOST_STORED = 500;

/** The networks stored from this browser that were not deleted from here, the latest first. */
export const storedHere = signal<readonly StoredHere[]>([]);

/** Reads the list, which other tabs may have changed. A browser that keeps nothing has the list of this page. */
export function readStored(): void {
  try {
    const text = localStorage.getItem(LIST);
    if (text !== null) storedHere.value = (JSON.parse(text) as unknown[]).filter(isStored);
  } catch {
    // Not allowed, or not written by this page.
  }
}

export function rememberStored(one: StoredHere): void {
  readStored();
  keepStored([one, ...storedHere.value].slice(0, MOST_STORED));
}

export function forgetStored(id: string): void {
  readStored();
  keepStored(storedHere.value.filter((one) => one.id !== id));
}

function keepStored(list: readonly StoredHere[]): void {
  storedHere.value = list;
  try {
    localStorage.setItem(LIST, JSON.stringify(list));
  } catch {
    // They can be deleted until this page is closed.
  }
}

const isStored = (one: unknown): one is StoredHere =>
  typeof one === 'object' &&
  one !== null &&
  ['id', 'view', 'name', 'at'].every((field) => typeof (one as Record<string, unknown>)[field] === 'string');
