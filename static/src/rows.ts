/** A document's batch: `x` and `y`, or the rows of a table that it has in their place. */

import type { NetworkDocument } from './api/types';

export interface Rows {
  x: NonNullable<NetworkDocument['x']>;
  y: NonNullable<NetworkDocument['y']>;
}

/** As it was given, before any scaling. */
export const rowsOf = ({ data, x = [], y = [] }: Pick<NetworkDocument, 'data' | 'x' | 'y'>): Rows =>
  data ? (data.rows as Rows) : { x, y };

export const samplesOf = (document: Pick<NetworkDocument, 'data' | 'x' | 'y'>): number => rowsOf(document).x.length;

/** Where in the document a place of the rows is: /x/0/1, or /data/rows/x/0/1. */
export const rowsAt = ({ data }: { data?: unknown }, place: string): string => (data ? `/data/rows${place}` : place);

/** The place in the rows that a pointer into the document is about; the pointer itself where it is about something else. */
export const inRows = (pointer: string): string => pointer.replace(/^\/data\/rows(?=\/[xy](\/|$))/, '');

export function withRows(document: NetworkDocument, rows: Partial<Rows>): NetworkDocument {
  const { data } = document;
  if (!data) return { ...document, ...rows };
  return { ...document, data: { ...data, rows: { ...data.rows, ...rows } } };
}
