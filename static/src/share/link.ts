/**
 * The part of a link that holds a state: `1.<JSON, deflated, in base64url>.<state hash>`. It stands behind the # of the
 * address, which browsers keep to themselves: the server never sees it.
 */

import { toJson } from '../json';
import { faults } from '../texts/faults';
import { fromBase64url, toBase64url } from './base64url';
import { deflated, inflated, TooLarge } from './deflate';
import { stateHash } from './hash';
import { MAX_LINK, MAX_UNPACKED } from './limits';
import { parsed } from './plain-json';
import { type SharedState, stateIn } from './state';
import { Unreadable } from './unreadable';
import { written } from './written';

const words = faults;
const VERSION = '1';
const FORM = /^([^.]*)\.([^.]*)\.([^.]*)$/;

export interface Packed {
  payload: string;
  hash: string;
}

export async function packed(state: SharedState): Promise<Packed> {
  const bytes = new TextEncoder().encode(toJson(written(state)));
  const hash = stateHash(bytes);
  return { payload: `${VERSION}.${toBase64url(await deflated(bytes))}.${hash}`, hash };
}

/** Throws Unreadable, and nothing else, for whatever is no such payload. */
export async function unpacked(payload: string): Promise<SharedState> {
  if (payload.length > MAX_LINK) throw new Unreadable(words.longLink(payload.length, MAX_LINK));
  const [, version, packedJson, hash] = FORM.exec(payload) ?? [];
  if (version && version !== VERSION) throw new Unreadable(words.otherVersion(VERSION));
  const bytes = packedJson ? fromBase64url(packedJson) : null;
  if (!bytes || !/^[0-9a-f]{16}$/.test(hash ?? '')) throw new Unreadable(words.cut);
  const json = await unpackedBytes(bytes);
  if (stateHash(json) !== hash) throw new Unreadable(words.damaged);
  return stateIn(parsed(json));
}

async function unpackedBytes(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  try {
    return await inflated(bytes, MAX_UNPACKED);
  } catch (error) {
    throw new Unreadable(error instanceof TooLarge ? words.bomb(MAX_UNPACKED) : words.damaged);
  }
}
