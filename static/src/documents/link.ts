/**
 * The part of a link that stores a state: `1.<JSON, deflated, in base64url>.<state hash>`. It follows the # of the
 * address, which browsers do not send: the server never sees it.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { toJson } from '../model/json';
import { type SharedState, written } from '../model/shared-state';
import { faults } from '../texts/faults';
import { MAX_LINK, MAX_LINK_NUMBERS, MAX_UNPACKED, parsed, stateIn, Unreadable } from './untrusted';

const words = faults;
const VERSION = '1';
/** Of a state beside its documents: two steps, the sample and the cursor. */
const OWN_NUMBERS = 4;
const FORM = /^([^.]*)\.([^.]*)\.([^.]*)$/;

interface Packed {
  payload: string;
  hash: string;
}

export async function packed(state: SharedState): Promise<Packed> {
  const bytes = new TextEncoder().encode(toJson(written(state)));
  const hash = stateHash(bytes);
  return { payload: `${VERSION}.${toBase64url(await deflated(bytes))}.${hash}`, hash };
}

/** Throws Unreadable, and nothing else, for any invalid payload. */
export async function unpacked(payload: string): Promise<SharedState> {
  if (payload.length > MAX_LINK) throw new Unreadable(words.longLink(payload.length, MAX_LINK));
  const [, version, packedJson, hash] = FORM.exec(payload) ?? [];
  if (version && version !== VERSION) throw new Unreadable(words.otherVersion(VERSION));
  const bytes = packedJson ? fromBase64url(packedJson) : null;
  if (!bytes || !/^[0-9a-f]{16}$/.test(hash ?? '')) throw new Unreadable(words.cut);
  const json = await unpackedBytes(bytes);
  if (stateHash(json) !== hash) throw new Unreadable(words.damaged);
  return stateIn(parsed(json, MAX_LINK_NUMBERS + OWN_NUMBERS, () => words.longList(MAX_LINK_NUMBERS)));
}

async function unpackedBytes(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  try {
    return await inflated(bytes, MAX_UNPACKED);
  } catch (error) {
    throw new Unreadable(error instanceof TooLarge ? words.bomb(MAX_UNPACKED) : words.damaged);
  }
}

/** Bytes in the characters that an address may contain, without padding (RFC 4648, section 5). */

/** String.fromCharCode takes its characters as arguments, whose number is limited. */
const PIECE = 0x8000;

export function toBase64url(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(start, start + PIECE));
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Null if a character is invalid or missing. */
function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return null;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

/** The browser's compression; decompression has a limit, because a few bytes can expand to gigabytes. */

class TooLarge extends Error {}

type Bytes = Uint8Array<ArrayBuffer>;

export async function deflated(bytes: Bytes): Promise<Bytes> {
  return gathered(through(bytes, new CompressionStream('deflate-raw')), Number.POSITIVE_INFINITY);
}

/** Throws TooLarge as soon as the output exceeds `most` bytes, and the browser's errors for damaged data. */
async function inflated(bytes: Bytes, most: number): Promise<Bytes> {
  return gathered(through(bytes, new DecompressionStream('deflate-raw')), most);
}

function through(bytes: Bytes, pair: CompressionStream | DecompressionStream): ReadableStream<Bytes> {
  return new Blob([bytes]).stream().pipeThrough(pair as ReadableWritablePair<Bytes, Bytes>);
}

async function gathered(stream: ReadableStream<Bytes>, most: number): Promise<Bytes> {
  const reader = stream.getReader();
  const pieces: Bytes[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > most) {
      await reader.cancel();
      throw new TooLarge();
    }
    pieces.push(next.value);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** The hash of a state: the first 16 hexadecimal digits of the SHA-256 of its JSON, byte by byte. */

// The browser has none on a page from another machine over plain http, as in a classroom.

const DIGITS = 16;

export const stateHash = (bytes: Uint8Array): string => bytesToHex(sha256(bytes)).slice(0, DIGITS);

/** A state as the fragment of an address, if it fits. */

export type Packing =
  | ({ fits: true } & Packed)
  | { fits: false; why: 'length' | 'numbers'; asked: number; allowed: number };

export async function packing(state: SharedState): Promise<Packing> {
  const numbers = numbersOf(state.document) + (state.start ? numbersOf(state.start.document) : 0);
  if (numbers > MAX_LINK_NUMBERS) return { fits: false, why: 'numbers', asked: numbers, allowed: MAX_LINK_NUMBERS };
  const made = await packed(state);
  if (made.payload.length <= MAX_LINK) return { fits: true, ...made };
  return { fits: false, why: 'length', asked: made.payload.length, allowed: MAX_LINK };
}

export async function payloadOf(state: SharedState): Promise<string | null> {
  const made = await packing(state);
  return made.fits ? made.payload : null;
}

const counted = new WeakMap<object, number>();

/** Computed once for each document, because documents are immutable and the address is updated after every step. */
function numbersOf(document: object): number {
  const count = counted.get(document) ?? countNumbers(document);
  counted.set(document, count);
  return count;
}

function countNumbers(tree: unknown): number {
  if (typeof tree === 'number') return 1;
  if (typeof tree !== 'object' || tree === null) return 0;
  return Object.values(tree).reduce<number>((sum, entry) => sum + countNumbers(entry), 0);
}
