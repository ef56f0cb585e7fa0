/** Is this number known yet at this cursor? The one question that everything on the screen asks before it shows a value. */

import type { Stage, Trace } from '../api/types';
import { canonical, formatRef, parseRef, type Ref } from '../refs';
import { finish, type Piece, stageEnd } from './cursor';
import { nodeOf, type Results } from './results';

/** What of a trace tells when its numbers are known. */
type Timed = Pick<Trace, 'stages' | 'layers'>;

/** The stage that makes a tensor known. */
export interface Maker {
  stage: Stage;
  /** Node by node, as these results are; `null` where all of the stage is needed. */
  results: Results | null;
  /** Whether the stage is about it; other numbers only become known with those of the stage. */
  computed: boolean;
}

export function reached(trace: Timed, cursor: number, ref: string): boolean {
  const due = dueAt(trace, ref);
  return due !== null && cursor >= due;
}

/** Every number of a picture asks at every step, so each answer is worked out once for each list of stages. */
const answers = new WeakMap<readonly Stage[], Map<string, number | null>>();

/** The cursor position at which a ref is first known: 0 for what is given, `null` for what the trace does not have. */
export function dueAt(trace: Timed, ref: string): number | null {
  const known = answers.get(trace.stages) ?? new Map<string, number | null>();
  answers.set(trace.stages, known);
  let due = known.get(ref);
  if (due === undefined) {
    due = findDue(trace, ref);
    known.set(ref, due);
  }
  return due;
}

function findDue({ stages, layers }: Timed, ref: string): number | null {
  const parsed = parseRef(canonical(layers, ref));
  if (!parsed) return null;
  const maker = makerOf(stages, tensorOf(parsed));
  if (maker) {
    const { stage, results } = maker;
    return results ? stage.start + (nodeOf(results, parsed.index) + 1) * stage.terms : stageEnd(stage);
  }
  if (!GIVEN.has(parsed.name) && !layers.some(({ name }) => name === parsed.name)) return null;
  // What no stage computes is given, or, as a running mean, is there when the training step is complete.
  return { none: 0, next: finish(stages), grad: null }[parsed.derivative ?? 'none'];
}

const GIVEN = new Set(['x', 'y', 'lr']);

/** What the optimizer remembers of a parameter is there with the parameter: `fc_1.w.velocity.next` with `fc_1.w.next`. */
const tensorOf = (ref: Ref): string =>
  formatRef({ ...ref, state: ref.derivative === 'next' ? null : ref.state, index: [] });

const lists = new WeakMap<readonly Stage[], ReadonlyMap<string, Maker>>();

/** The stage that makes a tensor known, such as `fc_1.w.grad`; `null` where it is given. */
export function makerOf(stages: readonly Stage[], tensor: string): Maker | null {
  const makers = lists.get(stages) ?? makersOf(stages);
  lists.set(stages, makers);
  return makers.get(tensor) ?? null;
}

/** The same of a number, by any of its refs. */
export function makerOfRef({ stages, layers }: Timed, ref: string): Maker | null {
  const parsed = parseRef(canonical(layers, ref));
  return parsed && makerOf(stages, tensorOf(parsed));
}

function makersOf(stages: readonly Stage[]): ReadonlyMap<string, Maker> {
  const makers = new Map<string, Maker>();
  for (const stage of stages) {
    for (const results of stage.results) makers.set(results.name, { stage, results, computed: true });
    for (const { name, by } of stage.settles) {
      const results = stage.results.find((one) => one.name === by) ?? null;
      makers.set(name, { stage, results, computed: false });
    }
  }
  return makers;
}

/** Whether a step computes this number: one that becomes known within its pieces, and that its stage is about. */
export function isComputed(trace: Timed, pieces: readonly Piece[], ref: string): boolean {
  const maker = makerOfRef(trace, ref);
  const due = maker?.computed ? dueAt(trace, ref) : null;
  if (due === null) return false;
  return pieces.some(({ stage, first, end }) => {
    const before = due - stage.start;
    return stage === maker?.stage && before > first * stage.terms && before <= end * stage.terms;
  });
}
