/** How much of a matrix has been computed at the cursor, and which part the current step computes: node after node. */

import type { Stage } from '../api/types';
import { type Piece, stageEnd } from '../model/cursor';
import { makerOf, nodeOf, type Results } from '../model/results';
import type { Matrix } from './matrix';
import { isSet } from './room';

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
