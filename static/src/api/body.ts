/** The body of a request about a document. */

import { documentJson, toJson } from '../json';

/** Characters from which on a document is kept as a Blob: a text would be copied anew for every request about it. */
const LONG = 100_000;

const blobs = new WeakMap<object, Blob>();

/** The document alone, or as a member beside others. */
export function documentBody(document: object, others?: object): BodyInit {
  const text = documentJson(document);
  const before = others ? '{"document":' : '';
  const after = others ? `,${toJson(others).slice(1)}` : '';
  return text.length < LONG ? before + text + after : new Blob([before, blobOf(document, text), after]);
}

/** Milliseconds of rest before a body is prepared: while one drags each document is gone before anything asks about it. */
const REST = 300;
let later: ReturnType<typeof setTimeout> | undefined;

/** Writes a document's text before it is asked about, so that the first step of a large network need not wait for it. */
export function prepareBody(document: object): void {
  clearTimeout(later);
  later = setTimeout(() => documentBody(document), REST);
}

function blobOf(document: object, text: string): Blob {
  const blob = blobs.get(document) ?? new Blob([text]);
  blobs.set(document, blob);
  return blob;
}
