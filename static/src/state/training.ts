/** Moving between training steps: one forward or back, to any one, or a run of many. */

import { batch, computed, signal } from '@preact/signals';
import type { NetworkDocument } from '../api/types';
import { finish } from '../model/cursor';
import { cutAt, type Line, lastOf, leastOf, lineFrom, preceded, type Way } from '../model/training-line';
import { texts } from '../texts';
import { dismiss } from './edits';
import { present, walked, withLine } from './history';
import { noteRapidInput } from './rapidInput';
import { requestErrorOf, sayProblem } from './requestError';
import * as store from './store';
import { trainingStep } from './store';
import { askTrace, report, show, traceOf } from './tracing';
import { here } from './undo';
import {
  afterwards,
  begin,
  type Calls,
  ended,
  note,
  type Outcome,
  type Reached,
  reach,
  unfinished,
  type Walking,
  walking,
} from './walking';

/** The most training steps of one run or jump. */
export const MAX_RUN = 10_000;

/** The training steps that can be reached. */
export const bounds = computed(() => {
  const { value: line } = store.line;
  const step = store.trainingStep.value;
  if (store.readOnly.value) return { least: step, most: step };
  return line ? { least: leastOf(line), most: Math.max(lastOf(line), step + MAX_RUN) } : { least: 1, most: 1 };
});

export const isRunning = computed(() => walking.value?.kind === 'run');
/** Whether this is the first reachable training step. */
export const isFirst = computed(() => store.trainingStep.value <= bounds.value.least);

interface How {
  /** The position in it. */
  at?: 'start' | 'end';
  kind?: Walking['kind'];
  /** Whether it takes the place of the present entry of the history. */
  instead?: boolean | undefined;
}

/** Returns whether it was reached. During a run no other move is possible. */
export async function goToTrainingStep(to: number, { at = 'start', kind = 'run' }: How = {}): Promise<boolean> {
  // An edited network continues once the picture shows it.
  if (store.behind.value) await askTrace.settled();
  const { value: line } = store.line;
  const { value: document } = store.network;
  const from = store.trainingStep.value;
  if (!line || !document || store.readOnly.value) return false;
  if (store.behind.value) {
    note.value = { kind: 'gone', step: from };
    return false;
  }
  if (isRunning.value) {
    store.playing.value = false;
    note.value = { kind: 'running' };
    return false;
  }
  // There is no training step before the first, and no message about it.
  if (to < 1) return false;
  if (to < leastOf(line)) {
    note.value = { kind: 'begins', step: line.first, origin: line.origin };
    return false;
  }
  const { first, way } = line;
  if (to < first && way) {
    return under({ kind: 'run', from: way.step, to: first, at: way.step }, async (calls) => {
      const whole = await withItsWay(line, way, calls);
      return whole !== null && walk({ line: whole, step: from, document }, to, calls, { at, kind });
    });
  }
  return under({ kind, from, to, at: from }, (calls) => walk({ line, step: from, document }, to, calls, { at, kind }));
}

async function under(own: Walking, work: (calls: Calls) => Promise<boolean>): Promise<boolean> {
  const calls = begin(own);
  let arrived = false;
  try {
    arrived = await work(calls);
  } catch (error) {
    if (!calls.whole.aborted) tell(error);
  }
  const halted = !arrived && !calls.whole.aborted && own.kind === 'run';
  ended(calls, arrived);
  // A run that diverged, was refused or gave other numbers cannot continue, nor can a finished one.
  if (halted && own.to !== store.trainingStep.value && (note.value === null || note.value.kind === 'gone'))
    unfinished.value = own.to;
  return arrived;
}

export function nextTrainingStep(): void {
  if (afterwards(nextTrainingStep)) return;
  void goToTrainingStep(store.trainingStep.value + 1, { kind: 'step' });
}

export function previousTrainingStep(at: 'start' | 'end' = 'start'): void {
  if (afterwards(() => previousTrainingStep(at))) return;
  void goToTrainingStep(store.trainingStep.value - 1, { kind: 'step', at });
}

export function backToFirst(): void {
  if (afterwards(backToFirst)) return;
  void goToTrainingStep(bounds.value.least, { kind: 'step' });
}

/** After a difference: a new line continues from the last unchanged training step. */
export async function goOnWithTheNew(): Promise<void> {
  const { value: line } = store.line;
  const { value: shown } = note;
  if (shown?.kind === 'strays') {
    const { found } = shown;
    const own = { from: found.step, to: found.step, at: found.step };
    await under({ kind: 'run', ...own }, async ({ whole }) => {
      await putUp(found, { at: 'start', kind: 'run' }, whole);
      return true;
    });
  }
  if (!line || shown?.kind !== 'differs') return;
  const { step } = shown;
  const rest = step > line.first ? cutAt(line, step - 1) : lineFrom(line.start, line.first, line.origin);
  const from = line.first;
  await under({ kind: 'run', from, to: step, at: from }, (calls) =>
    walk({ line: rest, step: from, document: line.start }, step, calls, { at: 'start', kind: 'run' }),
  );
}

/** The line with its earlier training steps, computed again; if they lead to other numbers, that is reported. */
async function withItsWay(line: Line, { step, document }: Way, { whole, computing }: Calls): Promise<Line | null> {
  const onReached = ({ step: at }: Reached) => {
    const { value } = walking;
    if (value && !whole.aborted) walking.value = { ...value, at };
  };
  const from = { line: lineFrom(document, step), step, document };
  const outcome = await reach(from, line.first, { signal: computing, onReached });
  if (whole.aborted || outcome.kind === 'aborted' || outcome.kind === 'differs') return null;
  const found = outcome.kind === 'arrived' ? preceded(line, outcome.line) : null;
  if (found) store.history.value = withLine(store.history.value, found);
  else note.value = { kind: 'strays', first: step, step: line.first, found: outcome };
  return found;
}

async function walk(from: Reached, to: number, { whole, computing }: Calls, how: Placed) {
  const onReached = ({ line, step }: Reached) =>
    batch(() => {
      store.history.value = withLine(store.history.value, line);
      const { value } = walking;
      if (value && !whole.aborted) walking.value = { ...value, at: step };
    });
  const outcome = await reach(from, to, { signal: computing, onReached });
  if (whole.aborted) return false;
  if (outcome.kind === 'differs') {
    store.playing.value = false;
    note.value = { kind: 'differs', step: outcome.step };
    return false;
  }
  // A cancelled run ends at its current step.
  await putUp(outcome, how, whole);
  tellStop(outcome);
  return outcome.kind === 'arrived';
}

/** The picture changes at once, when the number, the document and its trace are all present. */
type Placed = How & Required<Pick<How, 'at' | 'kind'>>;

async function putUp(reached: Reached, { at, kind, instead }: Placed, signal: AbortSignal): Promise<void> {
  const { line, step, document } = reached;
  if (step === store.trainingStep.value && line.id === store.line.value?.id) return;
  const trace = await traceOf(document, signal, { products: store.needsProducts.value });
  if (signal.aborted) return;
  // Late answers about the previous training step must not appear.
  askTrace.abandon();
  batch(() => {
    noteRapidInput();
    const { history } = store;
    const own = { step, document, line, title: texts.history.titles.trainingSteps, merge: kind === 'step', instead };
    history.value = walked(withLine(history.value, line), own, here());
    const shown = present(history.value);
    if (!shown) return;
    store.network.value = shown.document;
    dismiss();
    store.drafts.value = {};
    show(trace, shown.document);
    store.cursor.value = at === 'end' ? finish(trace.stages) : 0;
  });
}

/**
 * Opens the start of a training step that the service computed, in place of the present one if it is `instead` of that.
 * Those before it are computed again if one goes back.
 */
export async function openMoment(
  document: NetworkDocument,
  step: number,
  way: Way | null,
  instead = false,
): Promise<void> {
  const line: Line = { ...lineFrom(document, step, 'link'), way: way ?? undefined };
  await under({ kind: 'step', from: step, to: step, at: step }, async ({ whole }) => {
    await putUp({ line, step, document }, { at: 'start', kind: 'run', instead }, whole);
    return true;
  });
}

/** Whether a training runs on the service, which the views can follow. */
export const isLive = signal(false);

function tellStop(outcome: Outcome): void {
  if (outcome.kind !== 'stopped') return;
  store.playing.value = false;
  note.value = { kind: 'stopped', step: outcome.step, where: outcome.where };
}

function tell(error: unknown): void {
  store.playing.value = false;
  const trouble = requestErrorOf(error);
  if (trouble.kind === 'refused') note.value = { kind: 'refused', detail: sayProblem(trouble.problem) };
  else {
    note.value = { kind: 'gone', step: walking.value?.at ?? store.trainingStep.value };
    report(error);
  }
}

/** Runs of many training steps, and whether their panel is open. */

export const open = signal(false);
/** Whether its number field takes the focus as soon as it exists. */
export const focusField = signal(false);

/** Opens it, or returns to its number field. */
export function openRuns(focus = true): void {
  open.value = true;
  focusField.value = focus;
}

export function closeRuns(): void {
  open.value = false;
}

/** How many training steps a run takes, as it was typed last. */
export const count = signal('100');

/** Runs this many training steps from the current one. */
export function run(steps: number): void {
  void goToTrainingStep(trainingStep.value + steps);
}

/** Continues a cancelled run. */
export function goOn(): void {
  if (unfinished.value !== null) void goToTrainingStep(unfinished.value);
}

/** During a run this is refused with a message. */
export function openStep(step: number): void {
  if (step !== trainingStep.value || isRunning.value) void goToTrainingStep(step);
}
