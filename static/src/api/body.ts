/** The body of a request about a document. */

import { documentJson, toJson } from '../json';

/** Characters from which on a document is kept as a Blob: a text would be copied anew for every request about it. */
const LONG = 100_000;

const blobs = new WeakMap<object, Blob>();

/** The document alone, or as a member beside others. */
export function documentBody(document: object, others?: object): BodyInit {
  const text = documentJson(document);
  const before = others ? '{"document":' : '';
  const after = !others ? '' : Object.keys(others).length === 0 ? '}' : `,${toJson(others).slice(1)}`;
  return text.length < LONG ? before + text + after : new Blob([before, blobOf(document, text), after]);
}

const hashes = new WeakMap<object, string>();

/** The service has worked on a document, and called it by this hash. */
export function rememberHash(document: object, hash: string): void {
  hashes.set(document, hash);
}

/** The same body with the document's hash in place of it; null where that was never told. */
export function hashBody(document: object, others?: object): string | null {
  const hash = hashes.get(document);
  if (hash === undefined) return null;
  return toJson(others ? { document: { hash }, ...others } : { hash });
}

function blobOf(document: object, text: string): Blob {
  const blob = blobs.get(document) ?? new Blob([text]);
  blobs.set(document, blob);
  return blob;
}
