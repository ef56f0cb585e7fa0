/**
 * What was done to the network, entry by entry, with a name each; going back and forth in it is choosing another entry.
 * Everything here is pure: each function gives a new history.
 */

import type { NetworkDocument } from '../api/types';
import { same } from '../same';
import type { Sentence } from '../say';

/** The oldest entries are forgotten beyond so many. Neighbours share what did not change, so that many are cheap. */
export const MAX_ENTRIES = 200;

/** Where one looked. */
export interface Place {
  sample: number;
  cursor: number;
  trail: readonly string[];
}

/** Changes with the same gesture, one after the other, are one entry: a drag, or what is typed into a field in one go. */
export type Gesture = string | symbol;

export interface Entry {
  /** What was done. */
  title: Sentence;
  /** What came of it. */
  document: NetworkDocument;
  /** The example that it is, unchanged. */
  example: string | null;
  /** Where one looked when it was left for another entry. */
  place: Place;
  /** The entries of one network, from its opening on; going to another network goes to where one looked there. */
  opening: number;
  gesture: Gesture | null;
}

export interface History {
  entries: readonly Entry[];
  /** The entry that is shown; −1 while there is none. */
  at: number;
}

export type Title = string | Sentence;

export interface Change {
  /** Of several changes in one gesture the title tells the whole way, so it may be made from the document before them. */
  title: Title | ((before: NetworkDocument) => Title);
  gesture?: Gesture | undefined;
}

export const EMPTY: History = { entries: [], at: -1 };

export const present = ({ entries, at }: History): Entry | null => entries[at] ?? null;

/** Another network in the place of this one. */
export function opened(
  history: History,
  { document, title, example }: { document: NetworkDocument; title: Title; example: string | null },
  left: Place,
): History {
  const opening = Math.max(-1, ...history.entries.map((entry) => entry.opening)) + 1;
  const place = { sample: 0, cursor: 0, trail: [] };
  return pushed(leaving(history, left), { title: told(title), document, example, place, opening, gesture: null });
}

/** This network, changed. What would have come after is forgotten. */
export function changed(history: History, document: NetworkDocument, { title, gesture }: Change, left: Place): History {
  const current = present(history);
  const titled = (before: NetworkDocument) => told(typeof title === 'function' ? title(before) : title);
  if (!current) return opened(history, { document, title: titled(document), example: null }, left);
  const before = history.entries[history.at - 1];
  if (gesture !== undefined && gesture === current.gesture && before) {
    const rest = { entries: history.entries.slice(0, history.at), at: history.at - 1 };
    // Back to where the gesture began, nothing was done.
    if (same(document, before.document)) return rest;
    return pushed(rest, { ...current, title: titled(before.document), document });
  }
  if (same(document, current.document)) return history;
  const own = { title: titled(current.document), document, example: null, place: left, gesture: gesture ?? null };
  return pushed(leaving(history, left), { ...own, opening: current.opening });
}

/** Shows another entry; out of range, the nearest. */
export function moved(history: History, to: number, left: Place): History {
  if (history.at < 0) return history;
  const at = Math.min(Math.max(to, 0), history.entries.length - 1);
  return { ...leaving(closed(history), left), at };
}

/** Whatever is changed next is an entry of its own. */
export function closed(history: History): History {
  return present(history)?.gesture == null ? history : withPresent(history, { gesture: null });
}

/** The service has filled in what the document left open. */
export function filled(history: History, asked: NetworkDocument, answered: NetworkDocument): History {
  if (present(history)?.document !== asked || asked === answered) return history;
  return withPresent(history, { document: answered });
}

function pushed(history: History, entry: Entry): History {
  const entries = [...history.entries.slice(0, history.at + 1), entry].slice(-MAX_ENTRIES);
  return { entries, at: entries.length - 1 };
}

function leaving(history: History, place: Place): History {
  return withPresent(history, { place });
}

function withPresent({ entries, at }: History, parts: Partial<Entry>): History {
  return { entries: entries.map((entry, place) => (place === at ? { ...entry, ...parts } : entry)), at };
}

const told = (title: Title): Sentence => (typeof title === 'string' ? [title] : title);
