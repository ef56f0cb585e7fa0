/**
 * The history of the network: entries with names; undo and redo choose another entry. Everything here is pure: each
 * function returns a new history.
 */

import type { NetworkDocument } from '../api/types';
import type { Sentence } from '../maths/sentences';
import { same } from '../model/json';
import { bare, type Line, lineFrom, MAX_KEPT_BYTES, witnessed } from '../model/training-line';

/** The most entries; older ones are dropped. Neighbours share the unchanged parts, so many entries are cheap. */
export const MAX_ENTRIES = 200;

/** The view and the position in it. */
export interface Place {
  sample: number;
  cursor: number;
  trail: readonly string[];
}

/** Consecutive changes with the same gesture are one entry: a drag, or continuous typing into a field. */
export type Gesture = string | symbol;

export interface Entry {
  /** The change. */
  title: Sentence;
  /** The resulting document. */
  document: NetworkDocument;
  /** The slug of the unchanged example, if it is one. */
  example: string | null;
  /** The view at the time it was left for another entry. */
  place: Place;
  /** Counts openings: entries of one network share it. Going to another network restores the view there. */
  opening: number;
  gesture: Gesture | null;
  /** The training step that the document is the start of, and its line of training steps. */
  step: number;
  line: Line;
  /** Whether it is a move between training steps. */
  walk: boolean;
}

export interface History {
  entries: readonly Entry[];
  /** The index of the current entry; −1 if there is none. */
  at: number;
}

export type Title = string | Sentence;

export interface Change {
  /**
   * The title of several changes in one gesture covers all of them, so it may be made from the document before the
   * first.
   */
  title: Title | ((before: NetworkDocument) => Title);
  gesture?: Gesture | undefined;
  /** All weights are new: the next training step is the first. */
  restart?: boolean | undefined;
  /** The edited places, as JSON pointers: the service adapts the rest of the document. */
  places?: readonly string[];
}

export const EMPTY: History = { entries: [], at: -1 };

export const present = ({ entries, at }: History): Entry | null => entries[at] ?? null;

export interface Opened {
  document: NetworkDocument;
  title: Title;
  example: string | null;
  /** The start of its training steps, if this document is not the first. */
  training?: { step: number; line: Line } | undefined;
}

/** Opens another network. */
export function opened(history: History, { document, title, example, training }: Opened, left: Place): History {
  const opening = Math.max(-1, ...history.entries.map((entry) => entry.opening)) + 1;
  const place = { sample: 0, cursor: 0, trail: [] };
  const { step, line } = training ?? { step: 1, line: lineFrom(document) };
  const own = { title: asSentence(title), document, example, place, opening, gesture: null, step, line, walk: false };
  return bounded(pushed(leaving(history, left), own));
}

/**
 * Changes this network. Entries after the current one are dropped. Its training step keeps its number, unless all
 * weights are other ones, and a new line of training steps begins there: those before it belong to other numbers.
 */
export function changed(history: History, document: NetworkDocument, change: Change, left: Place): History {
  const { title, gesture, restart = false } = change;
  const current = present(history);
  const titled = (before: NetworkDocument) => asSentence(typeof title === 'function' ? title(before) : title);
  if (!current) return opened(history, { document, title: titled(document), example: null }, left);
  const before = history.entries[history.at - 1];
  if (gesture !== undefined && gesture === current.gesture && before) {
    const rest = { entries: history.entries.slice(0, history.at), at: history.at - 1 };
    // If the gesture returned to its beginning, nothing was done.
    if (same(document, before.document)) return rest;
    return pushed(rest, { ...current, title: titled(before.document), document, line: edited(document, current.step) });
  }
  if (same(document, current.document)) return history;
  const { opening } = current;
  const step = restart ? 1 : current.step;
  const own = { title: titled(current.document), document, example: null, place: left, gesture: gesture ?? null };
  const line = edited(document, step);
  return bounded(pushed(leaving(history, left), { ...own, opening, step, line, walk: false }));
}

const edited = (document: NetworkDocument, step: number): Line =>
  lineFrom(document, step, step > 1 ? 'edited' : 'opened');

export interface Walk {
  step: number;
  document: NetworkDocument;
  line: Line;
  title: (from: number, to: number) => Title;
  /** Consecutive single steps are one entry. */
  merge: boolean;
  /** Whether it takes the place of the present entry, so that undo passes over that. */
  instead?: boolean | undefined;
}

/** Goes to another training step, of the same line or of a diverging one. */
export function walked(history: History, { step, document, line, title, merge, instead }: Walk, left: Place): History {
  const current = present(history);
  if (!current || (step === current.step && line.id === current.line.id)) return history;
  const before = history.entries[history.at - 1];
  if (merge && current.walk && before && before.line.id === current.line.id) {
    const rest = { entries: history.entries.slice(0, history.at), at: history.at - 1 };
    // If it returned to its beginning, nothing was done.
    if (step === before.step) return rest;
    return pushed(rest, { ...current, title: asSentence(title(before.step, step)), document, step, place: left });
  }
  if (instead && before) {
    const rest = { entries: history.entries.slice(0, history.at), at: history.at - 1 };
    return pushed(rest, { ...current, title: asSentence(title(before.step, step)), document, step, line, place: left });
  }
  const own = {
    title: asSentence(title(current.step, step)),
    document,
    step,
    line,
    place: left,
    gesture: null,
    walk: merge,
  };
  return pushed(leaving(history, left), { ...current, ...own });
}

/** Updates the line in all of its entries. */
export function withLine(history: History, line: Line): History {
  const entries = history.entries.map((entry) => (entry.line.id === line.id ? { ...entry, line } : entry));
  return bounded({ ...history, entries });
}

/**
 * Called when the service has traced the current document, which gives the hash and the loss at the start of its line.
 */
export function traced(history: History, { document, hash, loss }: Traced): History {
  const current = present(history);
  if (!current || current.document !== document || current.step !== current.line.first) return history;
  return withLine(history, witnessed(current.line, document, hash, loss));
}

export interface Traced {
  document: NetworkDocument;
  hash: string;
  loss: number | null;
}

/** Of several lines the current one keeps its starts longest; the oldest of the others are dropped first. */
function bounded(history: History): History {
  const lines = new Map(history.entries.map(({ line }) => [line.id, line]));
  let bytes = [...lines.values()].reduce((sum, line) => sum + line.bytes, 0);
  if (bytes <= MAX_KEPT_BYTES) return history;
  const own = present(history)?.line.id;
  for (const [id, line] of lines) {
    if (bytes <= MAX_KEPT_BYTES) break;
    if (id === own) continue;
    bytes -= line.bytes;
    lines.set(id, bare(line));
  }
  return {
    ...history,
    entries: history.entries.map((entry) => ({ ...entry, line: lines.get(entry.line.id) ?? entry.line })),
  };
}

/** Shows another entry; out of range, the nearest. */
export function moved(history: History, to: number, left: Place): History {
  if (history.at < 0) return history;
  const at = Math.min(Math.max(to, 0), history.entries.length - 1);
  return { ...leaving(closed(history), left), at };
}

/** The document at the beginning of the current gesture, or the current one if the next change begins a gesture. */
export function beginningOf(history: History, gesture: Gesture | undefined): NetworkDocument | null {
  const current = present(history);
  const goesOn = gesture !== undefined && current?.gesture === gesture;
  return ((goesOn && history.entries[history.at - 1]) || current)?.document ?? null;
}

/** Ends the gesture: the next change is a separate entry. */
export function closed(history: History): History {
  return present(history)?.gesture == null ? history : withPresent(history, { gesture: null });
}

/** Replaces the current document by the one in which the service has filled in the defaults. */
export function filled(history: History, requested: NetworkDocument, answered: NetworkDocument): History {
  if (present(history)?.document !== requested || requested === answered) return history;
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

const asSentence = (title: Title): Sentence => (typeof title === 'string' ? [title] : title);
