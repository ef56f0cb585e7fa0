/**
 * The order of one training step, as the service gives it: stages in time, each of some nodes of some terms.
 * The cursor counts terms done. Nothing here computes a number of the network; it only says which are reached.
 */

import type { PhaseName, Stage } from '../api/types';

export type Grain = 'pass' | 'layer' | 'node';
export const GRAINS: readonly Grain[] = ['pass', 'layer', 'node'];

/** What happens between two positions of a grain: some nodes of one stage. */
export interface Piece {
  stage: Stage;
  first: number;
  /** One past the last node. */
  end: number;
}

export function finish(stages: readonly Stage[]): number {
  const last = stages.at(-1);
  return last ? stageEnd(last) : 0;
}

export const stageEnd = (stage: Stage): number => stage.start + stage.nodes * stage.terms;

/** The cursor positions at which a step of this grain is complete, in order. */
export function ends(stages: readonly Stage[], grain: Grain): number[] {
  if (grain === 'node') {
    return stages.flatMap((stage) =>
      Array.from({ length: stage.nodes }, (_, node) => stage.start + (node + 1) * stage.terms),
    );
  }
  return stages.filter((stage, place) => endsStep(stage, stages[place + 1], grain)).map(stageEnd);
}

function endsStep(stage: Stage, next: Stage | undefined, grain: Grain): boolean {
  if (!next || next.phase !== stage.phase) return true;
  return grain === 'layer' && next.layer !== stage.layer;
}

/** How many steps of this grain are complete. */
export function stepsDone(positions: readonly number[], cursor: number): number {
  return positions.filter((position) => position <= cursor).length;
}

export function moved(positions: readonly number[], cursor: number, by: 1 | -1): number {
  if (by > 0) return positions.find((position) => position > cursor) ?? cursor;
  return positions.findLast((position) => position < cursor) ?? 0;
}

/** What the step that ends at (or contains) the cursor does. Empty at the very start. */
export function stepAt(stages: readonly Stage[], grain: Grain, cursor: number): Piece[] {
  if (cursor <= 0) return [];
  const from = moved(ends(stages, grain), cursor, -1);
  return stages.flatMap((stage) => {
    const first = Math.max(0, Math.floor((from - stage.start) / stage.terms));
    const end = Math.min(stage.nodes, Math.floor((cursor - stage.start) / stage.terms));
    return first < end ? [{ stage, first, end }] : [];
  });
}

export function phaseAt(stages: readonly Stage[], cursor: number): PhaseName | 'ready' {
  if (cursor <= 0) return 'ready';
  return stages.find((stage) => cursor <= stageEnd(stage))?.phase ?? stages.at(-1)?.phase ?? 'ready';
}

/** Stages are the same when a cursor means the same in both: then an edit may leave it where it is. */
export function sameStages(one: readonly Stage[], other: readonly Stage[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
