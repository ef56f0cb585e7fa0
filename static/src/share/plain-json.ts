/** JSON from elsewhere, read with suspicion before anything else looks at it. */

import { faults } from '../texts/faults';
import { MAX_BYTES, MAX_DEPTH } from './limits';
import { Unreadable } from './unreadable';

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
