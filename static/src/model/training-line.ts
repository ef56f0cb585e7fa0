/**
 * A line of training steps: each begins with the result of the previous update. The hash and the loss of every step are
 * known, and the documents of some; those between are computed again, and must have the same hash. Everything here is
 * pure, and no number of the network is computed here.
 */

import type { NetworkDocument } from '../api/types';
import { same, toJson } from './json';

/**
 * The most bytes of starts in memory: those of every training step while they fit, then every second, every fourth, …
 */
export const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/**
 * How a line began: a network was opened, an edit changed the numbers during training, a link contained no earlier
 * steps.
 */
export type Origin = 'opened' | 'edited' | 'link';

export interface Line {
  /** Lines with the same id are versions of one line. */
  id: symbol;
  origin: Origin;
  /** The number of its first training step. */
  first: number;
  /** The document at its start. */
  start: NetworkDocument;
  /** The hash of the document at the start of each training step, from the first one, and the loss of each. */
  hashes: readonly string[];
  /** NaN if it is not finite. */
  losses: Float64Array;
  /** The starts of every `stride`-th training step: their differences from the first one, as JSON. */
  stride: number;
  kept: ReadonlyMap<number, string>;
  bytes: number;
  /** The start of the earlier training steps, if a link contained it; they are computed when one goes back to them. */
  way?: Way | undefined;
}

export interface Way {
  step: number;
  document: NetworkDocument;
}

/** Consecutive training steps computed by the service: its answer. */
export interface Advance {
  document: NetworkDocument;
  hashes: readonly string[];
  losses: readonly (number | null)[];
  starts: readonly { step: number; document: NetworkDocument }[];
}

export function lineFrom(start: NetworkDocument, first = 1, origin: Origin = 'opened'): Line {
  const nothing = { hashes: [], losses: new Float64Array(), stride: 1, kept: new Map<number, string>(), bytes: 0 };
  return { id: Symbol('line'), origin, first, start, ...nothing };
}

/** The last training step whose hash is known; in a line that was never computed, its first. */
export const lastOf = ({ first, hashes }: Line): number => first + Math.max(0, hashes.length - 1);

export const hashOf = ({ first, hashes }: Line, step: number): string | undefined => hashes[step - first];
export const lossOf = ({ first, losses }: Line, step: number): number | undefined => losses[step - first];

/** The latest training step, up to another, whose document is stored, and that document. */
export function nearest(line: Line, step: number): { step: number; document: NetworkDocument } {
  for (let at = lastKept(line, step); at > line.first; at -= line.stride) {
    const text = line.kept.get(at);
    if (text !== undefined) return { step: at, document: { ...line.start, ...JSON.parse(text) } };
  }
  return { step: line.first, document: line.start };
}

const lastKept = ({ first, stride }: Line, step: number): number => step - ((step - first) % stride);

/** The first training step, from `from` on, whose hash has changed; null if all agree. */
export function firstDifferent(line: Line, from: number, hashes: readonly string[]): number | null {
  const place = hashes.findIndex((hash, at) => (hashOf(line, from + at) ?? hash) !== hash);
  return place < 0 ? null : from + place;
}

/** The line extended by an answer that starts at one of its training steps. */
export function extendLine(line: Line, from: number, advance: Advance, most = MAX_KEPT_BYTES): Line {
  const known = line.first + line.hashes.length - from;
  const end = { step: advance.hashes.length - 1, document: advance.document };
  const starts = [...advance.starts, end].map(({ step, document }) => ({ step: from + step, document }));
  return withStarts(
    {
      ...line,
      hashes: [...line.hashes, ...advance.hashes.slice(Math.max(0, known))],
      losses: extended(line.losses, advance.losses.slice(Math.max(0, known))),
    },
    starts,
    most,
  );
}

/**
 * Records what the trace of the first training step gives: the document with all defaults filled in, its hash, its
 * loss.
 */
export function witnessed(line: Line, start: NetworkDocument, hash: string, loss: number | null): Line {
  return line.hashes.length > 0
    ? { ...line, start }
    : { ...line, start, hashes: [hash], losses: extended(line.losses, [loss]) };
}

function extended(losses: Float64Array, by: readonly (number | null)[]): Float64Array {
  if (by.length === 0) return losses;
  const all = new Float64Array(losses.length + by.length);
  all.set(losses);
  all.set(
    by.map((loss) => loss ?? Number.NaN),
    losses.length,
  );
  return all;
}

/** The line up to a training step; later results are dropped. */
export function cutAt(line: Line, step: number): Line {
  const count = step - line.first + 1;
  const kept = new Map([...line.kept].filter(([at]) => at <= step));
  return {
    ...line,
    id: Symbol('line'),
    hashes: line.hashes.slice(0, count),
    losses: line.losses.slice(0, count),
    kept,
    bytes: sizeOf(kept),
  };
}

/** The earliest reachable training step of a line. */
export const leastOf = ({ first, way }: Line): number => way?.step ?? first;

/** The start from which a link can reach a training step of a line; null if the line begins at that step. */
export function wayTo({ first, start, way }: Line, step: number): Way | null {
  const own = way ?? { step: first, document: start };
  return own.step < step ? own : null;
}

/**
 * The line with its earlier training steps, computed again from their start; null if they do not lead to exactly the
 * numbers that it begins with. Its stored starts are computed again too, because they are differences from another
 * start.
 */
export function preceded(line: Line, before: Line): Line | null {
  if (hashOf(before, line.first) !== hashOf(line, line.first)) return null;
  const count = line.first - before.first;
  return {
    ...before,
    id: line.id,
    hashes: [...before.hashes.slice(0, count), ...line.hashes],
    losses: extended(before.losses.slice(0, count), [...line.losses]),
    way: line.way,
  };
}

/** The line with only its first start: all others can be computed again. */
export const bare = (line: Line): Line => ({ ...line, kept: new Map(), bytes: 0 });

function withStarts(line: Line, starts: readonly { step: number; document: NetworkDocument }[], most: number): Line {
  const kept = new Map(line.kept);
  let { bytes } = line;
  for (const { step, document } of starts) {
    if (step === line.first || (step - line.first) % line.stride !== 0 || kept.has(step)) continue;
    const text = changesOf(line.start, document);
    kept.set(step, text);
    bytes += text.length;
  }
  return thinned({ ...line, kept, bytes }, most);
}

/** Drops every second start until the rest fits. */
function thinned(line: Line, most: number): Line {
  let { stride, kept, bytes } = line;
  while (bytes > most && kept.size > 0) {
    stride *= 2;
    kept = new Map([...kept].filter(([step]) => (step - line.first) % stride === 0));
    bytes = sizeOf(kept);
  }
  return { ...line, stride, kept, bytes };
}

const sizeOf = (kept: ReadonlyMap<number, string>): number =>
  [...kept.values()].reduce((sum, text) => sum + text.length, 0);

/**
 * Only the differences: inputs and targets, the largest part of many documents, are the same at the start of every
 * training step.
 */
const changesOf = (start: NetworkDocument, document: NetworkDocument): string => toJson(changes(start, document));

/** The differences of a document from another one. */
export function changes(from: NetworkDocument, document: NetworkDocument): Partial<NetworkDocument> {
  const before: Record<string, unknown> = { ...from };
  return Object.fromEntries(Object.entries(document).filter(([name, value]) => !same(value, before[name])));
}
