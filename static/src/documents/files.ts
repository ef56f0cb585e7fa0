/** Documents as files: a file stores the exact document, and an opened file is not trusted. */

import type { NetworkDocument } from '../api/types';
import { toJson } from '../model/json';
import { faults } from '../texts/faults';
import { documentIn, MAX_BYTES, parsed, Unreadable } from './untrusted';

const words = faults;
const LONGEST_NAME = 60;

/** A name that is valid on every file system, made from the network's name. */
export function fileName(name: string, kind: 'json' | 'svg' | 'png' | 'csv'): string {
  const plain = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^-+|-+$/g, '');
  return `${plain || 'network'}.${kind}`;
}

export const fileText = (document: NetworkDocument): string => `${toJson(document)}\n`;

export async function documentOfFile(file: Blob): Promise<NetworkDocument> {
  // Before a byte is read.
  if (file.size > MAX_BYTES) throw new Unreadable(words.tooLarge(file.size, MAX_BYTES));
  return documentIn(parsed(new Uint8Array(await bytesOf(file))));
}

async function bytesOf(file: Blob): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch {
    // A folder, or a file that has been removed.
    throw new Unreadable(words.unreadableFile);
  }
}

/** Passes a file to the browser for download. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it asynchronously.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
