/** Reads tables in a worker, so that the page stays responsive. It keeps the text and sends the part that is shown. */

import type { Choice } from './columns';
import { isWide } from './foreign';
import { parse, type Row } from './parse';
import { type Settings, type Table, type Taken, take, type Understood, understand } from './understand';

export type Request =
  | { id: number; kind: 'read'; source: Blob | string; settings: Settings; classes: boolean }
  | { id: number; kind: 'again'; settings: Settings; classes: boolean }
  | { id: number; kind: 'take'; choice: Choice }
  | { id: number; kind: 'rows'; text: string };
export type Reply = { id: number } & (
  | { understood: Understood }
  | { taken: Taken }
  | { rows: Row[] }
  | { failed: string }
);

let source: { text: string } = { text: '' };
let latin = false;
let table: Table | null = null;

self.onmessage = async ({ data }: MessageEvent<Request>) => {
  try {
    self.postMessage(await answered(data));
  } catch (error) {
    self.postMessage({ id: data.id, failed: String(error) } satisfies Reply);
  }
};

async function answered(request: Request): Promise<Reply> {
  const { id } = request;
  if (request.kind === 'rows') return { id, rows: parse(request.text).rows };
  if (request.kind === 'take') {
    if (!table) return { id, failed: 'no table' };
    return { id, taken: take(table, request.choice) };
  }
  if (request.kind === 'read') {
    const { text, latin: old } = await textOf(request.source);
    [source, latin] = [{ text }, old];
  }
  table = understand(source, request.settings, request.classes);
  return { id, understood: { ...table.understood, latin } };
}

/** Decodes UTF-8, UTF-16 or, as older programs write accents, Latin-1. */
async function textOf(from: Blob | string): Promise<{ text: string; latin: boolean }> {
  if (typeof from === 'string') return { text: from, latin: false };
  const bytes = new Uint8Array(await from.arrayBuffer());
  const wide = isWide(bytes) && (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be');
  if (wide) return { text: new TextDecoder(wide).decode(bytes), latin: false };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), latin: false };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), latin: true };
  }
}
