/** The given numbers: inputs, targets, parameters. Each has a ref in the trace and a place in the document. */

import type { NetworkDocument, Trace } from '../api/types';
import { parseRef, type Ref } from './refs';

/** The JSON pointer of a given number in the document. */
export function pointerOf(trace: Trace, ref: string): string | null {
  const parsed = parseRef(ref);
  if (!parsed || parsed.derivative || parsed.state) return null;
  const place = parsed.index.join('/');
  // The rows of a set are not in the document.
  if ((parsed.name === 'x' || parsed.name === 'y') && trace.document.data?.set) return null;
  // A target given by its sample's class has no place in the document.
  if (parsed.name === 'y' && typeof rowsOf(trace.document).y[0] === 'number') return null;
  if (parsed.name === 'lr') return '/optimizer/lr';
  if (parsed.name === 'loss') return parsed.part === 'g' ? `/loss/gradient/${place}` : null;
  if (parsed.name === 'x' || parsed.name === 'y') {
    const [sample = 0, ...inner] = parsed.index;
    return rowsAt(trace.document, `/${[parsed.name, rowOf(trace, sample), ...inner].join('/')}`);
  }
  const layer = trace.layers.findIndex(({ name }) => name === parsed.name);
  return isParameter(trace, parsed) ? `/layers/${layer}/${parsed.part}/${place}` : null;
}

/** The ref of the number at a place in the document; for a class, that of its target. */
export function refAt(trace: Trace, pointer: string): string | null {
  const [field = '', ...path] = inRows(pointer).split('/').slice(1);
  if (field === 'x' || field === 'y') {
    const [row = '', ...inner] = path;
    const sample = sampleOf(trace, Number(row));
    if (sample === null) return null;
    const target = inner.length === 0 ? rowsOf(trace.document)[field][Number(row)] : undefined;
    return `${field}[${[sample, ...inner, ...(typeof target === 'number' ? [target] : [])].join(',')}]`;
  }
  if (field === 'loss' && path[0] === 'gradient') return `loss.g[${path.slice(1).join(',')}]`;
  const [layer = '', part = '', ...index] = path;
  const name = field === 'layers' && index.length > 0 ? trace.layers[Number(layer)]?.name : undefined;
  return name === undefined ? null : `${name}.${part}[${index.join(',')}]`;
}

export const isParameter = ({ layers }: Trace, { name, part }: Pick<Ref, 'name' | 'part'>): boolean =>
  layers.some(({ parameters }) => parameters.includes(`${name}.${part}`));

/** The frozen parameters of a layer, which updates do not change. */

type Switched = { name?: string | null; frozen?: readonly string[] };

/** Whether a ref names a frozen parameter, an entry of one, or its gradient or next value. */
export function isFrozen(trace: Pick<Trace, 'document'> | null, ref: string | null): boolean {
  const parsed = ref === null ? null : parseRef(ref);
  if (!trace || !parsed?.part) return false;
  const layer = (trace.document.layers as Switched[]).find(({ name }) => name === parsed.name);
  return layer?.frozen?.includes(parsed.part) ?? false;
}

export const hasFrozenParts = ({ document }: Pick<Trace, 'document'>): boolean =>
  (document.layers as Switched[]).some(({ frozen = [] }) => frozen.length > 0);

/** The numbers that the numerical check can change: inputs and parameters. All others are computed from these. */
export function isMoved(trace: Trace, ref: string): boolean {
  const parsed = parseRef(ref);
  if (!parsed || parsed.derivative || parsed.state || parsed.index.length === 0) return false;
  return parsed.name === 'x' || isParameter(trace, parsed);
}

/** A document's batch: `x` and `y`, or the rows of a table instead of them. */

export interface Rows {
  x: NonNullable<NetworkDocument['x']>;
  y: NonNullable<NetworkDocument['y']>;
}

/** The batch before any scaling; without targets `y` is empty. A document does not have the rows of a set. */
export const rowsOf = ({ data, x = [], y = [] }: Pick<NetworkDocument, 'data' | 'x' | 'y'>): Rows =>
  data ? { x: data.rows?.x ?? [], y: data.rows?.y ?? [] } : { x, y };

/** The samples of a training step: all rows of the document, or those of a mini-batch. */
export const samplesIn = ({ document, batch_rows: rows }: Pick<Trace, 'document' | 'batch_rows'>): number =>
  rows?.length ?? samplesOf(document);

/** The row of the data that a sample is, from 0. */
export const rowOf = ({ batch_rows: rows }: Pick<Trace, 'batch_rows'>, sample: number): number =>
  rows?.[sample] ?? sample;

/** The sample that a row of the data is; null if it is not in the mini-batch. */
export function sampleOf({ batch_rows: rows }: Pick<Trace, 'batch_rows'>, row: number): number | null {
  if (!rows) return row;
  const found = rows.indexOf(row);
  return found < 0 ? null : found;
}

export const samplesOf = (document: Pick<NetworkDocument, 'data' | 'x' | 'y'>): number => rowsOf(document).x.length;

/** A sample that the document has; how many a set has, only the service knows. */
export const sampleWithin = (document: NetworkDocument, sample: number): number =>
  document.data?.set ? sample : Math.max(0, Math.min(sample, samplesOf(document) - 1));

/** The pointer of a place in the rows: /x/0/1, or /data/rows/x/0/1. */
export const rowsAt = ({ data }: { data?: unknown }, place: string): string => (data ? `/data/rows${place}` : place);

/** The place in the rows of a pointer into the document; any other pointer is returned as it is. */
export const inRows = (pointer: string): string => pointer.replace(/^\/data\/rows(?=\/[xy](\/|$))/, '');

export function withRows(document: NetworkDocument, rows: Partial<Rows>): NetworkDocument {
  const { data } = document;
  if (!data) return { ...document, ...rows };
  return { ...document, data: { ...data, rows: { ...rowsOf(document), ...rows } } };
}
