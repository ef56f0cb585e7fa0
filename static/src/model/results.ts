/** Which numbers a step computes, read from the stages' results, as the service lists them. */

import type { Stage, Trace } from '../api/types';
import { finish, type Piece, stageEnd } from './cursor';
import { unravel } from './lookup';
import { canonical, formatRef, parseRef, type Ref } from './refs';

export type Results = Stage['results'][number];

/** The number that a node is named after: the first of its stage's tensor. */
export function nodeRef({ layer, computes, results }: Stage, node: number, sample: number): string | null {
  const about = results.find(({ name }) => name === `${layer}.${computes}`) ?? results[0];
  return about ? refAt(about, node, 0, sample) : null;
}

/** The ref of the `entry`-th number that a node computes; `null` if the tensor has none for the node. */
export function refAt(
  { name, shape, axis, sampled }: Results,
  node: number,
  entry: number,
  sample: number,
): string | null {
  if (axis === null && node >= sizeOf(shape)) return null;
  const own = axis === null ? unravel(node, shape) : unravel(entry, shape.toSpliced(axis, 1)).toSpliced(axis, 0, node);
  const index = sampled ? [sample, ...own] : own;
  return index.length > 0 ? `${name}[${index.join()}]` : name;
}

/**
 * The node that computes the number at an index. An index with fewer axes belongs to a number of the whole tensor, such
 * as an optimizer's count of steps: the first node computes it.
 */
export function nodeOf({ shape, axis, sampled }: Results, index: readonly number[]): number {
  const own = sampled ? index.slice(1) : index;
  if (own.length < shape.length) return 0;
  if (axis !== null) return own[axis] ?? 0;
  return own.reduce((place, one, at) => place * (shape[at] ?? 1) + one, 0);
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

export interface Growing {
  ref: string;
  /** The last completed term, from 0. */
  term: number;
  /** The number of terms. */
  terms: number;
  /** The numbers that this node has completed: those before this one, and this one once its last term is added. */
  settled: readonly string[];
}

/**
 * Term by term: the number that is being added up at the cursor, and its progress. A node may compute several numbers
 * (the gradients of a unit's weights), one after the other.
 */
export function growingAt(pieces: readonly Piece[], sample: number): Growing | null {
  const piece = pieces.at(-1);
  if (!piece || piece.term === null) return null;
  const settled: string[] = [];
  let left = piece.term;
  for (const results of piece.stage.results) {
    const { each, terms } = results;
    for (let entry = 0; entry < each; entry++) {
      const ref = refAt(results, piece.first, entry, sample);
      if (ref && left < terms)
        return { ref, term: left, terms, settled: left === terms - 1 ? [...settled, ref] : settled };
      if (left < terms) return null;
      if (ref) settled.push(ref);
      left -= terms;
    }
  }
  return null;
}

/** Whether a number is known at a cursor. Every value on the screen depends on this. */

/** The parts of a trace that determine when its numbers are known. */
type Timed = Pick<Trace, 'stages' | 'layers'>;

/** The stage after which a tensor is known. */
export interface Maker {
  stage: Stage;
  /** The results, node by node; `null` if the whole stage must be complete. */
  results: Results | null;
  /** Whether the stage computes it; other numbers are by-products of the stage. */
  computed: boolean;
}

export function reached(trace: Timed, cursor: number, ref: string): boolean {
  const due = dueAt(trace, ref);
  return due !== null && cursor >= due;
}

/** Every number of a picture asks at every step, so each answer is cached for its list of stages. */
const answers = new WeakMap<readonly Stage[], Map<string, number | null>>();

/**
 * The cursor position at which a ref is first known: 0 for a given number, `null` for one that the trace does not have.
 */
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
  const own = parsed.part ? `${parsed.name}.${parsed.part}` : parsed.name;
  if (!GIVEN.has(own) && !layers.some(({ name }) => name === parsed.name)) return null;
  // What no stage computes is given or, as a running mean, present when the training step is complete.
  return { none: 0, next: finish(stages), grad: null }[parsed.derivative ?? 'none'];
}

const GIVEN = new Set(['x', 'y', 'lr', 'loss.g']);

const tensorOf = (ref: Ref): string => formatRef({ ...ref, index: [] });

const lists = new WeakMap<readonly Stage[], ReadonlyMap<string, Maker>>();

/** The stage that computes a tensor such as `fc_1.w.grad`; `null` if it is given. */
export function makerOf(stages: readonly Stage[], tensor: string): Maker | null {
  const makers = lists.get(stages) ?? makersOf(stages);
  lists.set(stages, makers);
  return makers.get(tensor) ?? null;
}

/** The stage that computes a number, by any of its refs. */
export function makerOfRef({ stages, layers }: Timed, ref: string): Maker | null {
  const parsed = parseRef(canonical(layers, ref));
  return parsed && makerOf(stages, tensorOf(parsed));
}

function makersOf(stages: readonly Stage[]): ReadonlyMap<string, Maker> {
  const makers = new Map<string, Maker>();
  for (const stage of stages) {
    for (const results of stage.results) makers.set(results.name, { stage, results, computed: true });
    for (const [name, by] of Object.entries(stage.settles)) {
      const results = stage.results.find((one) => one.name === by) ?? null;
      makers.set(name, { stage, results, computed: false });
    }
  }
  return makers;
}

/** Whether a step computes this number: it becomes known within the step's pieces, and their stage is about it. */
export function isComputed(trace: Timed, pieces: readonly Piece[], ref: string): boolean {
  const maker = makerOfRef(trace, ref);
  const due = maker?.computed ? dueAt(trace, ref) : null;
  if (due === null) return false;
  return pieces.some(({ stage, first, end }) => {
    const before = due - stage.start;
    return stage === maker?.stage && before > first * stage.terms && before <= end * stage.terms;
  });
}
