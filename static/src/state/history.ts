/**
 * What was done to the network, entry by entry, with a name each; going back and forth in it is choosing another entry.
 * Everything here is pure: each function gives a new history.
 */

import type { NetworkDocument } from '../api/types';
import type { Sentence } from '../maths/sentences';
import { same } from '../model/json';
import { bare, type Line, lineFrom, MAX_KEPT_BYTES, witnessed } from '../model/training-line';

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
  /** The training step that the document is the start of, and the line of training steps that it belongs to. */
  step: number;
  line: Line;
  /** It came of going from training step to training step. */
  walk: boolean;
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
  /** All weights are other ones: what comes is training step 1. */
  restart?: boolean | undefined;
  /** What it edits, as JSON pointers: the service lets the rest of the document follow. */
  places?: readonly string[];
}

export const EMPTY: History = { entries: [], at: -1 };

export const present = ({ entries, at }: History): Entry | null => entries[at] ?? null;

export interface Opened {
  document: NetworkDocument;
  title: Title;
  example: string | null;
  /** Where its training steps begin, if not with this document as the first. */
  training?: { step: number; line: Line } | undefined;
}

/** Another network in the place of this one. */
export function opened(history: History, { document, title, example, training }: Opened, left: Place): History {
  const opening = Math.max(-1, ...history.entries.map((entry) => entry.opening)) + 1;
  const place = { sample: 0, cursor: 0, trail: [] };
  const { step, line } = training ?? { step: 1, line: lineFrom(document) };
  const own = { title: told(title), document, example, place, opening, gesture: null, step, line, walk: false };
  return bounded(pushed(leaving(history, left), own));
}

/**
 * This network, changed. What would have come after is forgotten. Its training step keeps its number, unless all weights are
 * other ones, and a new line of training steps begins there: those before it belong to other numbers.
 */
export function changed(history: History, document: NetworkDocument, change: Change, left: Place): History {
  const { title, gesture, restart = false } = change;
  const current = present(history);
  const titled = (before: NetworkDocument) => told(typeof title === 'function' ? title(before) : title);
  if (!current) return opened(history, { document, title: titled(document), example: null }, left);
  const before = history.entries[history.at - 1];
  if (gesture !== undefined && gesture === current.gesture && before) {
    const rest = { entries: history.entries.slice(0, history.at), at: history.at - 1 };
    // Back to where the gesture began, nothing was done.
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
  /** Single steps that follow each other are one entry. */
  merge: boolean;
}

/** Another training step, of the same line or of one that goes on otherwise. */
export function walked(history: History, { step, document, line, title, merge }: Walk, left: Place): History {
  const current = present(history);
  if (!current || (step === current.step && line.id === current.line.id)) return history;
  const before = history.entries[history.at - 1];
  if (merge && current.walk && before && before.line.id === current.line.id) {
    const rest = { entries: history.entries.slice(0, history.at), at: history.at - 1 };
    // Back where the walk began, nothing was done.
    if (step === before.step) return rest;
    return pushed(rest, { ...current, title: told(title(before.step, step)), document, step, place: left });
  }
  const own = { title: told(title(current.step, step)), document, step, line, place: left, gesture: null, walk: merge };
  return pushed(leaving(history, left), { ...current, ...own });
}

/** All entries of a line know what became known of it. */
export function withLine(history: History, line: Line): History {
  const entries = history.entries.map((entry) => (entry.line.id === line.id ? { ...entry, line } : entry));
  return bounded({ ...history, entries });
}

/** The service has traced the document that is shown: at the start of its line that tells the hash and the loss of it. */
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

/** Of several lines the one that is shown keeps its starts; the oldest of the others go first. */
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

/** Where a gesture began that goes on with the next change; what is shown, where it is a new one. */
export function beginningOf(history: History, gesture: Gesture | undefined): NetworkDocument | null {
  const current = present(history);
  const goesOn = gesture !== undefined && current?.gesture === gesture;
  return ((goesOn && history.entries[history.at - 1]) || current)?.document ?? null;
}

/** The next change is a separate entry. */
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
