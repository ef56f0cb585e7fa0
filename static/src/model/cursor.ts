/**
 * The order of one training step, as the service gives it: stages in time, each of a number of nodes with a number of
 * terms. The cursor counts completed terms. All of this is arithmetic on the stages' `start`, `nodes` and `terms`
 * (docs/api.md, Stages): steps are never enumerated, so a training step of a million terms costs as much as a small
 * one, and moving needs no request. Nothing here computes a number of the network.
 */

import type { PhaseName, Stage } from '../api/types';

export type Grain = 'pass' | 'layer' | 'node' | 'term';
export const GRAINS: readonly Grain[] = ['pass', 'layer', 'node', 'term'];

/** What happens between two positions of a grain: some nodes of one stage are computed. */
export interface Piece {
  stage: Stage;
  first: number;
  /** One past the last node. */
  end: number;
  /** The last completed term, from 0, if a node is computed term by term or is incomplete. */
  term: number | null;
}

export function finish(stages: readonly Stage[]): number {
  const last = stages.at(-1);
  return last ? stageEnd(last) : 0;
}

export const stageEnd = (stage: Stage): number => stage.start + stage.nodes * stage.terms;

/** The total number of steps of a grain. */
export function stepsIn(stages: readonly Stage[], grain: Grain): number {
  return stepsDone(stages, grain, finish(stages));
}

/** The number of completed steps of a grain. */
export function stepsDone(stages: readonly Stage[], grain: Grain, cursor: number): number {
  return stages.reduce((sum, stage, place) => {
    const { steps, stride } = strideOf(stage, stages[place + 1], grain);
    return sum + Math.min(Math.floor(Math.max(0, cursor - stage.start) / stride), steps);
  }, 0);
}

/** The cursor after a number of completed steps of a grain; clamped to the training step. */
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

/**
 * The number of steps of the grain that end in a stage, and their distance in terms. From layer up only its end counts.
 */
function strideOf(stage: Stage, next: Stage | undefined, grain: Grain): { steps: number; stride: number } {
  if (grain === 'term') return { steps: stage.nodes * stage.terms, stride: 1 };
  if (grain === 'node') return { steps: stage.nodes, stride: stage.terms };
  const ends = !next || next.phase !== stage.phase || (grain === 'layer' && next.layer !== stage.layer);
  return { steps: Number(ends), stride: stage.nodes * stage.terms };
}

/** One step forward or back. From the middle of a step it moves to its end, or back to its start. */
export function moved(stages: readonly Stage[], grain: Grain, cursor: number, by: 1 | -1): number {
  if (by > 0) return positionOf(stages, grain, stepsDone(stages, grain, cursor) + 1);
  return cursor > 0 ? positionOf(stages, grain, stepsDone(stages, grain, cursor - 1)) : 0;
}

/** What is computed by the step that ends at (or contains) the cursor. Empty at the very start. */
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

/** The node of the last completed term. */
function within(stages: readonly Stage[], cursor: number): Piece {
  const stage = (stages.find((one) => cursor <= stageEnd(one)) ?? stages.at(-1)) as Stage;
  const done = Math.min(cursor, stageEnd(stage)) - stage.start - 1;
  const node = Math.floor(done / stage.terms);
  return { stage, first: node, end: node + 1, term: done % stage.terms };
}

/** The passes, each with its number of steps of the grain and the number of steps before it. */
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

/** Stages are the same if every cursor means the same in both: then an edit may keep the cursor. */
export function sameStages(one: readonly Stage[], other: readonly Stage[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
