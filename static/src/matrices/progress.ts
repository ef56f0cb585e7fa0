/** How much of a matrix has been computed at the cursor, and which part the current step computes: node after node. */

import type { Stage } from '../api/types';
import { type Piece, stageEnd } from '../model/cursor';
import { makerOf, nodeOf, type Results } from '../model/results';
import type { Span } from '../ui/windowed';
import { type Equation, resultOf } from './equations';
import { type Counts, countsAt, isSet, type Matrix, placeAt, placeIn } from './matrix';

export interface Progress {
  /** The number of completed nodes. */
  known: number;
  /** The nodes of the current step; `end` is one past the last. */
  from: number;
  end: number;
  /** Which node computes which number; `null` if all are computed at once. */
  results: Results | null;
}

const ALL = Number.POSITIVE_INFINITY;

export function progressOf(
  stages: readonly Stage[],
  cursor: number,
  pieces: readonly Piece[],
  { tensor, rows, columns, images }: Matrix,
): Progress {
  const maker = makerOf(stages, tensor);
  if (!maker) return { known: ALL, from: 0, end: 0, results: null };
  const { stage } = maker;
  const piece = pieces.find((one) => one.stage === stage);
  // A map of images is drawn when it is complete, and so are numbers that belong to no node.
  const results = images && !isSet({ rows, columns }) ? null : maker.results;
  if (!results) return { known: cursor >= stageEnd(stage) ? ALL : 0, from: 0, end: piece ? ALL : 0, results };
  const known = Math.max(0, Math.min(stage.nodes, Math.floor((cursor - stage.start) / stage.terms)));
  return { known, from: piece?.first ?? 0, end: piece?.end ?? 0, results };
}

export const isReached = (progress: Progress, matrix: Matrix, row: number, column: number): boolean =>
  nodeAt(progress, matrix, row, column) < progress.known;

export function isOfStep(progress: Progress, matrix: Matrix, row: number, column: number): boolean {
  const node = nodeAt(progress, matrix, row, column);
  return node >= progress.from && node < progress.end;
}

function nodeAt({ results }: Progress, matrix: Matrix, row: number, column: number): number {
  const index = matrix.at(row, column);
  // Padding is known from the start.
  if (!index) return -1;
  return results ? nodeOf(results, index) : 0;
}

/** Whether the current step computes the result of the equation. */
export function isWorkedOn(stages: readonly Stage[], pieces: readonly Piece[], { tensor }: Matrix): boolean {
  const maker = makerOf(stages, tensor);
  return maker !== null && pieces.at(-1)?.stage === maker.stage;
}

/**
 * Which rows and columns of the operands are highlighted for an entry of the result: those that it is computed from.
 */

export interface Band {
  rows: Span;
  columns: Span;
}

/** One for each part of the equation: `null` if no part of it is used. The result itself is not an operand. */
export function bandsOf(equation: Equation, refs: readonly string[]): (Band | null)[] {
  const result = resultOf(equation);
  const place = result ? refs.map((ref) => placeIn(result, ref)).find((one) => one !== null) : null;
  const counts = result && place ? countsAt(result, place) : null;
  return equation.parts.map((part, number) => {
    if (!counts || number === 0 || part.kind !== 'matrix') return null;
    const known = (labels: string) => spanOf(labels, part.meets, counts, part.matrix);
    const { rows, columns } = part.matrix.labels;
    return { rows: known(rows), columns: known(columns) };
  });
}

/** The leading labels shared with the entry determine the position; along the others everything is used. */
function spanOf(labels: string, meets: string, counts: Counts, { sizes }: Matrix): Span {
  const free = [...labels].findIndex((label) => !meets.includes(label));
  const fixed = free < 0 ? labels : labels.slice(0, free);
  const each = [...labels.slice(fixed.length)].reduce((size, label) => size * (sizes[label] ?? 1), 1);
  const first = placeAt(fixed, counts, sizes) * each;
  return { first, end: first + each };
}

export function isInBand(band: Band | null, row: number, column: number): boolean {
  const within = ({ first, end }: Span, place: number) => first <= place && place < end;
  return band !== null && within(band.rows, row) && within(band.columns, column);
}
