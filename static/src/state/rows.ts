/** The rows of the data, as the service draws or holds them, and how a document gets other data. */

import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { askAbout } from '../api/client';
import type { components } from '../api/schema';
import type { Catalog, NetworkDocument, Trace } from '../api/types';
import { type Rows, rowsOf, withRows } from '../model/given';
import { texts } from '../texts';
import { put } from './buildActions';
import { guarded, type RequestError } from './requestError';
import { abortPrevious } from './singleFlight';
import { behind, catalog, history, network, trace } from './store';

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

/** The rows as points of a plane. */

/** A point: of two inputs, or of an input and its target. */
export type Point = readonly [number, number];
type Points = Pick<DataRows, 'x' | 'y'>;

/** Whether the rows are points of a plane: two inputs, or one with one target. */
export function isPlane({ x: [first], y }: Points): boolean {
  const row = first as unknown;
  if (!Array.isArray(row) || Array.isArray(row[0])) return false;
  const target = y?.[0] as unknown;
  return row.length === 2 || (row.length === 1 && Array.isArray(target) && target.length === 1);
}

export function pointOf({ x, y }: Points, place: number): Point {
  const row = x[place] as number[];
  return [row[0] ?? 0, row[1] ?? (y?.[place] as number[] | undefined)?.[0] ?? 0];
}

/** The target that gives a point its colour: its class, or its first number. */
export function targetOf({ y }: Pick<DataRows, 'y'>, place: number): number | null {
  const target = y?.[place] as number | number[] | undefined;
  return Array.isArray(target) ? (target[0] ?? null) : (target ?? null);
}

/** At most so many different whole numbers are offered as a menu. */
const FEW = 12;

/** The targets to choose from, if they are few whole numbers: classes; null if they are any numbers. */
export function knownTargets(rows: DataRows): number[] | null {
  const found = new Set<number>();
  for (let place = 0; place < rows.x.length; place++) {
    const value = targetOf(rows, place);
    if (value === null || !Number.isInteger(value)) return null;
    found.add(value);
    if (found.size > FEW) return null;
  }
  return [...found].sort((one, other) => one - other);
}

/** A change of one point by hand. */
export type Change =
  | { kind: 'move'; row: number; point: Point }
  | { kind: 'add'; point: Point; target: number }
  | { kind: 'remove'; row: number }
  | { kind: 'target'; row: number; target: number };

/** The rows after a change. A point beside others has their number of targets: of several, the first is changed. */
export function changedPoints({ x, y }: Points, change: Change): Points {
  const isFunction = (x[0] as number[]).length === 1;
  const inputs = ([first, second]: Point) => (isFunction ? [first] : [first, second]);
  const aimed = (target: number, like: unknown) =>
    Array.isArray(like) ? [target, ...(like as number[]).slice(1)] : target;
  switch (change.kind) {
    case 'remove':
      return { x: x.toSpliced(change.row, 1), y: y?.toSpliced(change.row, 1) ?? null };
    case 'target':
      return { x, y: y?.with(change.row, aimed(change.target, y[change.row])) ?? null };
    case 'move':
      return {
        x: x.with(change.row, inputs(change.point)),
        y: y && isFunction ? y.with(change.row, [change.point[1]]) : y,
      };
    case 'add': {
      const target = isFunction ? change.point[1] : change.target;
      return { x: [...x, inputs(change.point)], y: y && [...y, aimed(target, y[0])] };
    }
  }
}

/** Whether the known rows are those of the network: until they arrive, a set has those of the data before it. */
const areDrawn = (): boolean => {
  const shown = trace.peek();
  return shown !== null && !behind.peek() && known.peek()?.key === keyOf(shown.document);
};

/** Changes one point of the shown data; the points of a set become rows of the document first, if they are known. */
export function changePoints(rows: DataRows, change: Change, title: string, gesture?: string): boolean {
  const document = network.peek();
  if (!document || (document.data?.set && !areDrawn())) return false;
  const own = document.data?.set ? withOwnRows(document, rows) : document;
  const { x, y } = rowsOf(own);
  const next = changedPoints({ x, y: y.length ? y : null }, change);
  const places = own.data ? ['/data/rows'] : ['/x', '/y'];
  put(withRows(own, { x: next.x, ...(next.y ? { y: next.y } : {}) } as Partial<Rows>), {
    ...{ title, places },
    ...(gesture === undefined ? {} : { gesture }),
  });
  return true;
}

/** The title of the set that was the data until the last change, which undo returns to. */
export function setBefore(): string | null {
  const { entries, at } = history.value;
  const [before, now] = [entries[at - 1], entries[at]];
  if (!before || !now || now.opening !== before.opening || now.document.data?.set) return null;
  return catalog.value?.sets.find((one) => one.set === before.document.data?.set)?.title ?? null;
}

/** The rows that are shown: those of the document are newer than the answer of the service. */
export function newestRows(rows: DataRows): DataRows {
  const { value: document } = network;
  if (!document || document.data?.set || rows.every > 1) return rows;
  const { x, y } = rowsOf(document);
  return { ...rows, x, y: y.length ? y : null, rows: x.length };
}
