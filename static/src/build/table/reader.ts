/** The page's side of the worker that reads tables. */

import { type Sheet, widthOf } from '../../model/sheet';
import { parseNumber } from '../../numbers/format';
import { incoming } from '../../state/panels';
import { network, notice, noticeWay } from '../../state/store';
import { texts } from '../../texts';
import { faults } from '../../texts/faults';
import { table as words } from '../../texts/table';
import type { Choice } from './columns';
import { type Foreign, foreign, HEAD } from './foreign';
import { evidence, kindOf, styleOf } from './numbers';
import type { Row } from './parse';
import type { Settings, Taken, Understood } from './understand';
import type { Reply, Request } from './worker';

type Asked = Request extends infer One ? (One extends Request ? Omit<One, 'id'> : never) : never;

// Trusted Types: the page creates no script from a string, and this is the only script URL that it allows.
(globalThis as Trusting).trustedTypes?.createPolicy('default', {
  createScriptURL: (address) => (new URL(address, location.href).origin === location.origin ? address : null),
});

interface Trusting {
  trustedTypes?: {
    createPolicy: (name: string, rules: { createScriptURL: (address: string) => string | null }) => unknown;
  };
}

export class Reader {
  #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  #waiting = new Map<number, (reply: Reply) => void>();
  #asked = 0;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      this.#waiting.get(data.id)?.(data);
      this.#waiting.delete(data.id);
    };
  }

  read = async (source: Blob | string, settings: Settings, classes: boolean): Promise<Understood> =>
    understoodIn(await this.#ask({ kind: 'read', source, settings, classes }));

  again = async (settings: Settings, classes: boolean): Promise<Understood> =>
    understoodIn(await this.#ask({ kind: 'again', settings, classes }));

  async take(choice: Choice): Promise<Taken> {
    const reply = await this.#ask({ kind: 'take', choice });
    if (!('taken' in reply)) throw new Error('failed' in reply ? reply.failed : 'no rows');
    return reply.taken;
  }

  /** Only the rows of a text. */
  async rows(text: string): Promise<readonly Row[]> {
    const reply = await this.#ask({ kind: 'rows', text });
    return 'rows' in reply ? reply.rows : [];
  }

  close(): void {
    this.#worker.terminate();
    this.#waiting.clear();
  }

  #ask(request: Asked): Promise<Reply> {
    const id = ++this.#asked;
    const reply = new Promise<Reply>((resolve) => this.#waiting.set(id, resolve));
    this.#worker.postMessage({ ...request, id });
    return reply;
  }
}

function understoodIn(reply: Reply): Understood {
  if (!('understood' in reply)) throw new Error('failed' in reply ? reply.failed : 'nothing');
  return reply.understood;
}

/** Handles a received file: a network is opened, a table is shown, and for other formats the page says what to do. */

/** The limit for a table; networks have a separate limit. */
export const MAX_TABLE_BYTES = 64 * 1024 * 1024;
const MEGA = 1024 * 1024;

/** Commands that export the numbers of a file as text, by the format of the file. */
const COMMANDS: Partial<Record<Foreign, string>> = {
  npy: 'numpy.savetxt("x.csv", x, delimiter=",")',
  npz: 'numpy.savetxt("x.csv", x, delimiter=",")',
  torch: 'print(model.state_dict())',
  keras: 'print(layer.get_weights())',
  hdf5: 'print(layer.get_weights())',
  parquet: 'pandas.read_parquet("…").to_csv("x.csv", index=False)',
};

/** The same, with the error shown at the top of the page. */
export async function receive(file: File): Promise<void> {
  const why = await received(file);
  if (why === null) return;
  noticeWay.value = null;
  notice.value = network.value ? texts.share.notice.keeping(why) : why;
}

/** The reason why it can be neither opened nor shown; `null` if it can. */
export async function received(file: File): Promise<string | null> {
  let head: Uint8Array;
  try {
    head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  } catch {
    return faults.unreadableFile;
  }
  const kind = foreign(head);
  if (kind && !(kind === 'binary' && /\.json$/i.test(file.name))) {
    return words.isForeign(file.name, words.foreign[kind].replace('{command}', COMMANDS[kind] ?? ''));
  }
  if (/\.json$/i.test(file.name) || /^\s*[[{]/.test(new TextDecoder().decode(head.slice(0, 1000)))) {
    incoming.value = null;
    const { openFile } = await import('../../state/opening');
    await openFile(file);
    return null;
  }
  if (file.size > MAX_TABLE_BYTES) return words.faults.large(MAX_TABLE_BYTES / MEGA);
  incoming.value = { source: file };
  return null;
}

/** Rows pasted into the sheet; invalid ones are reported and change nothing. */

export type Misfit =
  | { kind: 'empty' }
  /** It has a heading, is wider than the sheet, or has ambiguous numbers: it is shown before it is used. */
  | { kind: 'table' }
  | { kind: 'number'; row: number; column: number; text: string }
  | { kind: 'long'; rows: number; most: number }
  | { kind: 'class'; row: number; text: string };

export type Outcome = { sheet: Sheet; pasted: number } | { misfit: Misfit };

/** Pastes cell by cell, starting at one cell; rows beyond the last become new samples. */
export function pasted(sheet: Sheet, row: number, column: number, table: readonly Row[], most: number): Outcome {
  const columns = Math.max(0, ...table.map(({ cells }) => cells.length));
  if (columns === 0) return { misfit: { kind: 'empty' } };
  const { style, question } = styleOf(evidence(table));
  const heading = table.length > 1 && table[0]?.cells.every((cell) => kindOf(cell, style) === 'text');
  if (heading || question || columns > widthOf(sheet) - column) return { misfit: { kind: 'table' } };
  if (row + table.length > most) return { misfit: { kind: 'long', rows: row + table.length, most } };
  const rows = sheet.rows.map((one) => [...one]);
  for (const [down, { number, cells }] of table.entries()) {
    const place = row + down;
    rows[place] ??= [...(rows.at(-1) ?? [])];
    for (const [right, text] of cells.entries()) {
      const value = parseNumber(text);
      if (value === null) return { misfit: { kind: 'number', row: number, column: right + 1, text } };
      const isClass = sheet.classes && column + right === sheet.inputs;
      if (isClass && !isWhole(value)) return { misfit: { kind: 'class', row: number, text } };
      (rows[place] as number[])[column + right] = value;
    }
  }
  return { sheet: { ...sheet, rows }, pasted: table.length };
}

const isWhole = (value: number): boolean => Number.isInteger(value) && value >= 0;
