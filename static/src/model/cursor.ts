/**
 * The order of one training step, as the service gives it: stages in time, each of some nodes of some terms.
 * The cursor counts terms done. All of this is plain arithmetic on the stages' `start`, `nodes` and `terms` (docs/api.md, Stages):
 * no step is ever enumerated, so a training step of a million terms costs as much as a small one, and a step to and fro needs
 * no request. Nothing here computes a number of the network.
 */

import type { PhaseName, Stage } from '../api/types';

export type Grain = 'pass' | 'layer' | 'node' | 'term';
export const GRAINS: readonly Grain[] = ['pass', 'layer', 'node', 'term'];

/** What happens between two positions of a grain: some nodes of one stage. */
export interface Piece {
  stage: Stage;
  first: number;
  /** One past the last node. */
  end: number;
  /** Where one node goes term by term, or stops midway: the last term that is done, from 0. */
  term: number | null;
}

export function finish(stages: readonly Stage[]): number {
  const last = stages.at(-1);
  return last ? stageEnd(last) : 0;
}

export const stageEnd = (stage: Stage): number => stage.start + stage.nodes * stage.terms;

/** How many steps of a grain there are in all. */
export function stepsIn(stages: readonly Stage[], grain: Grain): number {
  return stepsDone(stages, grain, finish(stages));
}

/** How many steps of a grain are complete. */
export function stepsDone(stages: readonly Stage[], grain: Grain, cursor: number): number {
  return stages.reduce((sum, stage, place) => {
    const { steps, stride } = strideOf(stage, stages[place + 1], grain);
    return sum + Math.min(Math.floor(Math.max(0, cursor - stage.start) / stride), steps);
  }, 0);
}

/** The cursor when so many steps of a grain are complete; clamped to the training step. */
export function positionOf(stages: readonly Stage[], grain: Grain, count: number): number {
  let left = count;
  if (left <= 0) return 0;
  for (const [place, stage] of stages.entries()) {
    const { steps, stride } = strideOf(stage, stages[place + 1], grain);
    if (left <= steps) return stage.start + left * stride;
    left -= steps;
  }
  return finish(stages);
}

/** How many steps of the grain end in a stage, and how many terms apart. From layer up only its end counts. */
function strideOf(stage: Stage, next: Stage | undefined, grain: Grain): { steps: number; stride: number } {
  if (grain === 'term') return { steps: stage.nodes * stage.terms, stride: 1 };
  if (grain === 'node') return { steps: stage.nodes, stride: stage.terms };
  const ends = !next || next.phase !== stage.phase || (grain === 'layer' && next.layer !== stage.layer);
  return { steps: Number(ends), stride: stage.nodes * stage.terms };
}

/** One step on or back. From the middle of a step it goes to its end, or back to its beginning. */
export function moved(stages: readonly Stage[], grain: Grain, cursor: number, by: 1 | -1): number {
  if (by > 0) return positionOf(stages, grain, stepsDone(stages, grain, cursor) + 1);
  return cursor > 0 ? positionOf(stages, grain, stepsDone(stages, grain, cursor - 1)) : 0;
}

/** What the step that ends at (or contains) the cursor does. Empty at the very start. */
export function stepAt(stages: readonly Stage[], grain: Grain, cursor: number): Piece[] {
  if (cursor <= 0) return [];
  const from = moved(stages, grain, cursor, -1);
  const whole = stages.flatMap((stage) => {
    const first = Math.max(0, Math.ceil((from - stage.start) / stage.terms));
    const end = Math.min(stage.nodes, Math.floor((cursor - stage.start) / stage.terms));
    return first < end && grain !== 'term' ? [{ stage, first, end, term: null }] : [];
  });
  return whole.length > 0 ? whole : [within(stages, cursor)];
}

/** The node that the last term done belongs to. */
function within(stages: readonly Stage[], cursor: number): Piece {
  const stage = (stages.find((one) => cursor <= stageEnd(one)) ?? stages.at(-1)) as Stage;
  const done = Math.min(cursor, stageEnd(stage)) - stage.start - 1;
  const node = Math.floor(done / stage.terms);
  return { stage, first: node, end: node + 1, term: done % stage.terms };
}

/** The passes with how many steps of the grain each has, and how many come before it. */
export function phaseGroups(stages: readonly Stage[], grain: Grain): PhaseGroup[] {
  const groups: PhaseGroup[] = [];
  stages.forEach((stage, place) => {
    const { steps } = strideOf(stage, stages[place + 1], grain);
    const last = groups.at(-1);
    if (last?.phase === stage.phase) last.count += steps;
    else groups.push({ phase: stage.phase, count: steps, before: (last?.before ?? 0) + (last?.count ?? 0) });
  });
  return groups;
}

export interface PhaseGroup {
  phase: PhaseName;
  count: number;
  before: number;
}

export function phaseAt(stages: readonly Stage[], cursor: number): PhaseName | 'ready' {
  if (cursor <= 0) return 'ready';
  return stages.find((stage) => cursor <= stageEnd(stage))?.phase ?? stages.at(-1)?.phase ?? 'ready';
}

/** Stages are the same when a cursor means the same in both: then an edit may leave it where it is. */
export function sameStages(one: readonly Stage[], other: readonly Stage[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
