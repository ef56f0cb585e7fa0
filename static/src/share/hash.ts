/** The name of a state: the first 16 hexadecimal digits of the SHA-256 of its JSON, byte by byte. */

// The browser's own is missing where a page came over plain http from another machine, as in a classroom.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const DIGITS = 16;

export const stateHash = (bytes: Uint8Array): string => bytesToHex(sha256(bytes)).slice(0, DIGITS);
