/** JSON from elsewhere, read with suspicion before anything else looks at it. */

import type { NetworkDocument } from '../api/types';
import { faults } from '../texts/faults';
import { MAX_BYTES, MAX_DEPTH } from './limits';

/** A link or a file that cannot be opened; the message says why, in the page's words. */
export class Unreadable extends Error {}

const words = faults;
/** As keys they reach into the objects of the page itself. No document has them. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export function parsed(bytes: Uint8Array): unknown {
  if (bytes.length > MAX_BYTES) throw new Unreadable(words.tooLarge(bytes.length, MAX_BYTES));
  const tree = parsedText(textOf(bytes));
  inspect(tree);
  return tree;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable(words.noText);
  }
}

function parsedText(text: string): unknown {
  if (text.trim() === '') throw new Unreadable(words.empty);
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable(/\b(?:NaN|Infinity)\b/.test(text) ? words.nan : words.noJson);
  }
}

/** Without recursion: how deep it goes is not known yet. */
function inspect(tree: unknown): void {
  const open: { entry: unknown; depth: number }[] = [{ entry: tree, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { entry, depth } = next;
    // A number with too many digits of exponent is none: 1e999.
    if (typeof entry === 'number' && !Number.isFinite(entry)) throw new Unreadable(words.infinite);
    if (typeof entry !== 'object' || entry === null) continue;
    if (depth >= MAX_DEPTH) throw new Unreadable(words.tooDeep(MAX_DEPTH));
    const list = Array.isArray(entry);
    for (const [key, inner] of Object.entries(entry)) {
      if (!list && FORBIDDEN.has(key)) throw new Unreadable(words.forbidden(key));
      open.push({ entry: inner, depth: depth + 1 });
    }
  }
}

/** Is this a network document at all? Whether it is a good one only the service can say. */

const FORMAT = 'tinyml-network/1';

export function documentIn(tree: unknown): NetworkDocument {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) throw new Unreadable(words.noDocument);
  const { format = FORMAT, layers, x, y, data } = tree as Record<string, unknown>;
  if (format !== FORMAT) {
    throw new Unreadable(typeof format === 'string' ? words.otherFormat(clipped(format), FORMAT) : words.noDocument);
  }
  // What the page itself looks at before the service has answered.
  const rows = (typeof data === 'object' && data !== null && 'rows' in data ? data.rows : { x, y }) as Record<
    string,
    unknown
  >;
  if (!Array.isArray(layers) || !Array.isArray(rows?.x) || !Array.isArray(rows?.y))
    throw new Unreadable(words.noDocument);
  return tree as unknown as NetworkDocument;
}

const MOST_TOLD = 40;
const clipped = (text: string): string => (text.length > MOST_TOLD ? `${text.slice(0, MOST_TOLD)}…` : text);
