/**
 * Of a large batch the service sends the numbers of one sample. Here each such tensor gets a place for every sample again, so
 * that a number stands where its ref says; those of other samples are not there, and nothing is shown of them.
 */

import { samplesOf } from '../rows';
import { getAt, setAt } from '../tree';
import type { Trace } from './types';

type Nested = number | null | undefined | readonly Nested[];

export function spread(trace: Trace): Trace {
  const samples = samplesOf(trace.document);
  return trace.sampled.reduce((tree, path) => {
    const [row] = (getAt(tree, path) as readonly Nested[] | null) ?? [];
    return row === undefined ? tree : setAt(tree, path, rowsOf(row, trace.sample, samples));
  }, trace);
}

function rowsOf(row: Nested, sample: number, samples: number): Nested[] {
  const rows: Nested[] = Array(samples).fill(emptied(row));
  rows[sample] = row;
  return rows;
}

/** A row of the same shape without its numbers. */
const emptied = (row: Nested): Nested => (Array.isArray(row) ? row.map(emptied) : undefined);
