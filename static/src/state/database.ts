/** Documents in the browser's database, under names that sort by the time at which their page was opened. */

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
