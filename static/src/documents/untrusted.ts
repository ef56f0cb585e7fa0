/** Reads untrusted JSON and checks it before any other code uses it. */

import { type NetworkDocument, NOTATIONS } from '../api/types';
import { EDGE_MODES, NODE_MODES } from '../model/choices';
import { GRAINS } from '../model/cursor';
import { sampleWithin } from '../model/given';
import { isExplained } from '../model/refs';
import { MAX_WAY, type SharedState } from '../model/shared-state';
import type { Way } from '../model/training-line';
import { faults } from '../texts/faults';

/** A link or a file that cannot be opened; the message says why, in the page's language. */
export class Unreadable extends Error {}

const words = faults;
/** As keys they reach prototypes of the page's objects. No document contains them. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export function parsed(bytes: Uint8Array, mostNumbers = MAX_NUMBERS, tooMany = words.tooManyNumbers): unknown {
  if (bytes.length > MAX_BYTES) throw new Unreadable(words.tooLarge(bytes.length, MAX_BYTES));
  bound(bytes, mostNumbers, tooMany);
  const tree = parsedText(textOf(bytes));
  inspect(tree);
  return tree;
}

const [QUOTE, BACKSLASH, MINUS, ZERO, NINE] = [0x22, 0x5c, 0x2d, 0x30, 0x39];
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);
/** What continues a number: . e E + */
const WITHIN: ReadonlySet<number> = new Set([0x2e, 0x65, 0x45, 0x2b]);

/**
 * Counts numbers, lists and objects before anything is made of them: a few kilobytes of a link can unpack to millions,
 * which take seconds to read. The parser rejects what is not JSON.
 */
function bound(bytes: Uint8Array, mostNumbers: number, tooMany: (most: number) => string): void {
  let [numbers, brackets, depth] = [0, 0, 0];
  let [inText, inNumber] = [false, false];
  for (let place = 0; place < bytes.length; place++) {
    const byte = bytes[place] as number;
    if (inText) {
      if (byte === BACKSLASH) place++;
      else inText = byte !== QUOTE;
    } else if (byte === MINUS || (byte >= ZERO && byte <= NINE)) {
      if (!inNumber && ++numbers > mostNumbers) throw new Unreadable(tooMany(mostNumbers));
      inNumber = true;
    } else if (!(inNumber && WITHIN.has(byte))) {
      inNumber = false;
      inText = byte === QUOTE;
      if (CLOSING.has(byte)) depth--;
      if (!OPENING.has(byte)) continue;
      if (++depth > MAX_DEPTH) throw new Unreadable(words.tooDeep(MAX_DEPTH));
      if (++brackets > MAX_BRACKETS) throw new Unreadable(words.tooManyLists(MAX_BRACKETS));
    }
  }
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

/** Without recursion, and without an object for each number, of which there may be millions. */
function inspect(tree: unknown): void {
  const open: object[] = [];
  const meet = (entry: unknown) => {
    // A number whose exponent is too large is not finite: 1e999.
    if (typeof entry === 'number' && !Number.isFinite(entry)) throw new Unreadable(words.infinite);
    if (typeof entry === 'object' && entry !== null) open.push(entry);
  };
  meet(tree);
  for (let next = open.pop(); next; next = open.pop()) {
    if (Array.isArray(next)) {
      for (const inner of next) meet(inner);
      continue;
    }
    for (const [key, inner] of Object.entries(next)) {
      if (FORBIDDEN.has(key)) throw new Unreadable(words.forbidden(key));
      meet(inner);
    }
  }
}

/** Whether the JSON looks like a network document. Only the service can say whether it is valid. */

const FORMAT = 'tinyml-network/1';

export function documentIn(tree: unknown): NetworkDocument {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) throw new Unreadable(words.noDocument);
  const { format = FORMAT, layers, x, y, data } = tree as Record<string, unknown>;
  if (format !== FORMAT) {
    throw new Unreadable(typeof format === 'string' ? words.otherFormat(clipped(format), FORMAT) : words.noDocument);
  }
  // The fields that the page reads before the service has answered.
  const rows = (typeof data === 'object' && data !== null && 'rows' in data ? data.rows : { x, y }) as Record<
    string,
    unknown
  >;
  // The rows of a set are drawn by the service.
  const isSet = typeof data === 'object' && data !== null && 'set' in data && typeof data.set === 'string';
  if (!Array.isArray(layers) || !(isSet || (Array.isArray(rows?.x) && Array.isArray(rows.y ?? []))))
    throw new Unreadable(words.noDocument);
  return tree as unknown as NetworkDocument;
}

const MOST_TOLD = 40;
const clipped = (text: string): string => (text.length > MOST_TOLD ? `${text.slice(0, MOST_TOLD)}…` : text);

/** Every limit of links and files, by name. */

/** Characters of a link: messengers, mail programs and browsers accept this many. */
export const MAX_LINK = 32_000;
/** A larger document is not tried for a link: it would not fit, and packing it would be slow. */
export const MAX_LINK_NUMBERS = 20_000;
/** Bytes that a link unpacks to; the largest document tried for a link has far fewer. */
export const MAX_UNPACKED = 12 * 1024 * 1024;
/** Bytes of a document as JSON in a file: the service's limit. */
export const MAX_BYTES = 64 * 1024 * 1024;
/**
 * Numbers of a document: three for each of the service's MAX_PARAMETERS, with what the optimizer remembers, and its
 * MAX_ACTIVATIONS.
 */
export const MAX_NUMBERS = 5_000_000;
/** Lists and objects of a document: the service's limit. */
export const MAX_BRACKETS = 100_000;
/** Nesting depth of lists in a document; images have six levels. */
export const MAX_DEPTH = 24;

/** The state that a link restores, read from its JSON. */

const MAX_TRAIL = 100;
const MAX_TEXT = 200;

/** The document must be valid; other invalid fields get their initial values. */
export function stateIn(tree: unknown): SharedState {
  const given = (typeof tree === 'object' && tree !== null ? tree : {}) as Record<string, unknown>;
  const document = documentIn(given.document);
  const step = Math.max(1, count(given.step));
  return {
    document,
    step,
    start: startIn(given.start, document, step),
    sample: sampleWithin(document, count(given.sample)),
    cursor: count(given.cursor),
    grain: GRAINS.find((one) => one === given.grain) ?? 'node',
    trail: Array.isArray(given.trail) ? given.trail.filter(isRef).slice(0, MAX_TRAIL) : [],
    notation: NOTATIONS.find((one) => one === given.notation) ?? 'scalar',
    edges: EDGE_MODES.find((one) => one === given.edges) ?? 'auto',
    nodes: NODE_MODES.find((one) => one === given.nodes) ?? 'both',
    table: given.table === true,
    example: isText(given.example) ? given.example : null,
  };
}

/** The state before training. The link stores its differences from the document; the service validates it later. */
function startIn(tree: unknown, document: NetworkDocument, to: number): Way | null {
  if (typeof tree !== 'object' || tree === null || !('document' in tree && 'step' in tree)) return null;
  const step = count(tree.step);
  if (step < 1 || step >= to || to - step > MAX_WAY) return null;
  if (typeof tree.document !== 'object' || tree.document === null || Array.isArray(tree.document)) return null;
  try {
    return { step, document: documentIn({ ...document, ...tree.document }) };
  } catch {
    return null;
  }
}

const count = (value: unknown): number => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : 0);
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_TEXT;
const isRef = (value: unknown): value is string => isText(value) && isExplained(value);
