/** The rows of the data, as the service draws or holds them, and how a document gets other data. */

import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { askAbout } from '../api/client';
import type { components } from '../api/schema';
import type { Catalog, NetworkDocument, Trace } from '../api/types';
import { type Rows, rowsOf } from '../model/given';
import { texts } from '../texts';
import { put } from './buildActions';
import { guarded, type RequestError } from './requestError';
import { abortPrevious } from './singleFlight';
import { catalog, network, trace } from './store';

const words = texts.build.done;

export type DataRows = components['schemas']['RowsAnswer'];
type Data = NonNullable<NetworkDocument['data']>;
type SetKind = Catalog['sets'][number];

/** Why the rows could not be had. */
export const rowsTrouble = signal<RequestError | null>(null);

const known = signal<{ key: string; rows: DataRows } | null>(null);
let asked: string | null = null;
const newest = abortPrevious();

const limit = (name: string): number | undefined => catalog.value?.limits.find((one) => one.name === name)?.value;

/** The rows of the shown data, or of more than a plot can show some of them; the last known ones until they arrive. */
export function useRows(): DataRows | null {
  const { value: shown } = trace;
  const key = shown && keyOf(shown.document);
  useEffect(() => {
    if (shown && key !== null && key !== asked) void ask(shown, key);
  }, [key]);
  return known.value?.rows ?? null;
}

async function ask({ document }: Trace, key: string): Promise<void> {
  asked = key;
  const most = limit('MAX_TRAINING_POINTS');
  const rows = await guarded(rowsTrouble, () =>
    newest((signal) => askAbout<DataRows>(document, '/api/rows', most ? { most } : {}, signal)),
  );
  if (rows) known.value = { key, rows };
  else if (asked === key) asked = null;
}

/** What the rows depend on. */
function keyOf(document: NetworkDocument): string {
  const { data } = document;
  const { rows: _, scale: __, ...settings } = data ?? {};
  const { x, y } = rowsOf(document);
  return JSON.stringify([settings, data?.set ? document.loss.type : [idOf(x), idOf(y)]]);
}

const ids = new WeakMap<object, number>();
let last = 0;

/** Documents that share their rows have the same list. */
function idOf(list: object): number {
  const id = ids.get(list) ?? ++last;
  ids.set(list, id);
  return id;
}

/** Other data. */

/** The document with a set as its data; what can stay of the settings stays. The service adapts the rest. */
export function withSet(document: NetworkDocument, { set, noise, most }: SetKind): NetworkDocument {
  const { x: _, y: __, position: ___, data: before, ...others } = document;
  const { rows: ____, columns: _____, set: earlier, samples, noise: blur, batch, ...kept } = before ?? {};
  // The mini-batch of other rows can be too large for these.
  const alike = earlier && samples !== most && Number(samples) <= most;
  const data = {
    ...{ set, ...kept },
    ...(alike ? { samples, batch } : {}),
    ...(noise && blur !== undefined ? { noise: blur } : {}),
  };
  return { ...others, data } as NetworkDocument;
}

export const takeSet = (document: NetworkDocument, kind: SetKind): void =>
  put(withSet(document, kind), { title: words.data(kind.title), places: ['/data'] });

/** Takes the rows of the set as those of a table: the training step keeps its numbers. */
export async function takeOwnRows(document: NetworkDocument): Promise<void> {
  const rows = await guarded(rowsTrouble, () =>
    newestOwn((signal) => askAbout<DataRows>(document, '/api/rows', {}, signal)),
  );
  if (rows && network.peek() === document)
    put(withOwnRows(document, rows), { title: words.ownRows, places: ['/data'] });
}

const newestOwn = abortPrevious();

/** The document with these rows instead of its set. */
export function withOwnRows(document: NetworkDocument, { x, y }: Pick<DataRows, 'x' | 'y'>): NetworkDocument {
  const { set: _, samples: __, noise: ___, ...kept } = document.data ?? {};
  return { ...document, data: { ...kept, rows: { x, ...(y ? { y } : {}) } as Rows } as Data };
}

/** Whether each training step takes a mini-batch. */
export const hasMiniBatches = ({ data }: Pick<NetworkDocument, 'data'>): boolean =>
  data != null && (data.set != null || MOVING.some((name) => data[name] != null));

const MOVING = ['batch', 'order', 'held_out', 'seed'] as const;

/** Changes a setting of the data. Rows that become mini-batches are shuffled unless their order was chosen. */
export function setData(name: keyof Data, value: unknown, title: string): void {
  const document = network.peek();
  if (!document) return;
  const { x, y, data, ...others } = document;
  const before = data ?? { rows: { x, ...(y ? { y } : {}) } };
  const order = hasMiniBatches(document) || name === 'scale' || name === 'order' ? {} : { order: 'shuffled' };
  const pointer = `/data/${name}`;
  put(
    { ...others, data: { ...before, ...order, [name]: value } as Data },
    { title, gesture: pointer, places: [pointer] },
  );
}
