/** How much of a matrix has been computed at the cursor, and what of it is computed by the current step: unit after unit. */

import type { Stage } from '../api/types';
import { type Piece, stageEnd } from '../timeline/cursor';
import { sourceOf } from '../timeline/reached';
import { type Matrix, unitOf } from './matrix';
import { isSet } from './room';

export interface Progress {
  /** How many units are known. */
  known: number;
  /** The units of the current step; one past the last. */
  from: number;
  end: number;
}

export function progressOf(
  stages: readonly Stage[],
  cursor: number,
  pieces: readonly Piece[],
  { tensor, vector, rows, columns, cells }: Matrix,
): Progress {
  const source = sourceOf(stages, `${tensor}[${vector ? '0' : '0,0'}]`);
  if (source === 'given') return { known: Number.POSITIVE_INFINITY, from: 0, end: 0 };
  if (!source) return { known: 0, from: 0, end: 0 };
  const { stage } = source;
  // Of images a map is drawn once all of it is there, and so is what no node answers for.
  const node = cells && (!isSet({ rows, columns }) || stage.nodes < cells.units) ? null : source.node;
  const piece = pieces.find((one) => one.stage === stage);
  // Where no node answers for a number all of the stage is needed.
  if (node === null) {
    const all = Number.POSITIVE_INFINITY;
    return { known: cursor >= stageEnd(stage) ? all : 0, from: 0, end: piece ? all : 0 };
  }
  const known = Math.max(0, Math.min(stage.nodes, Math.floor((cursor - stage.start) / stage.terms)));
  return { known, from: piece?.first ?? 0, end: piece?.end ?? 0 };
}

export const isReached = ({ known }: Progress, matrix: Matrix, row: number, column: number): boolean =>
  unitOf(matrix, row, column) < known;

export function isOfStep({ from, end }: Progress, matrix: Matrix, row: number, column: number): boolean {
  const unit = unitOf(matrix, row, column);
  return unit >= from && unit < end;
}

/** The equation that the current step works on is the one whose result it computes. */
export function isWorkedOn(stages: readonly Stage[], pieces: readonly Piece[], { tensor, vector }: Matrix): boolean {
  const source = sourceOf(stages, `${tensor}[${vector ? '0' : '0,0'}]`);
  return source !== null && source !== 'given' && pieces.at(-1)?.stage === source.stage;
}
