/** From training step to training step: one on or back, to any one, or a run of many. */

import { batch, computed, signal } from '@preact/signals';
import { postTrace } from '../api/client';
import { finish } from '../model/cursor';
import { cutAt, type Line, lastOf, leastOf, lineFrom, preceded, type Way } from '../model/training-line';
import { texts } from '../texts';
import { dismiss } from './edits';
import { present, walked, withLine } from './history';
import { noteRapidInput } from './rapidInput';
import { type Outcome, type Reached, reach } from './reach';
import { requestErrorOf, sayProblem } from './requestError';
import * as store from './store';
import { trainingStep } from './store';
import { askTrace, report, show } from './tracing';
import { here } from './undo';
import { afterwards, begin, type Calls, ended, note, unfinished, type Walking, walking } from './walking';

/** Training steps of one run, and the farthest that one can jump. */
export const MAX_RUN = 10_000;

/** The numbers that one can jump to. */
export const bounds = computed(() => {
  const { value: line } = store.line;
  const step = store.trainingStep.value;
  return line ? { least: leastOf(line), most: Math.max(lastOf(line), step + MAX_RUN) } : { least: 1, most: 1 };
});

export const isRunning = computed(() => walking.value?.kind === 'run');
/** Neither back nor home leads anywhere: this is the very start. */
export const isFirst = computed(() => store.trainingStep.value <= bounds.value.least);

interface How {
  /** Where to be in it. */
  at?: 'start' | 'end';
  kind?: Walking['kind'];
}

/** Whether it was reached. While a run is on, nothing else is. */
export async function goToTrainingStep(to: number, { at = 'start', kind = 'run' }: How = {}): Promise<boolean> {
  // What was edited goes on as the network that works, once the picture is of that.
  if (store.behind.value) await askTrace.settled();
  const { value: line } = store.line;
  const { value: document } = store.network;
  const from = store.trainingStep.value;
  if (!line || !document) return false;
  if (store.behind.value) {
    note.value = { kind: 'gone', step: from };
    return false;
  }
  if (isRunning.value) {
    store.playing.value = false;
    note.value = { kind: 'running' };
    return false;
  }
  // Before training step 1 there is none, and nothing to say of it.
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
  // What diverges, is refused or comes out otherwise has no farther to go, and neither has what is there already.
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

/** Where numbers came out as others: a new line goes on from the last training step that is still what it was. */
export async function goOnWithTheNew(): Promise<void> {
  const { value: line } = store.line;
  const { value: told } = note;
  if (told?.kind === 'strays') {
    const { found } = told;
    const own = { from: found.step, to: found.step, at: found.step };
    await under({ kind: 'run', ...own }, async ({ whole }) => {
      await putUp(found, { at: 'start', kind: 'run' }, whole);
      return true;
    });
  }
  if (!line || told?.kind !== 'differs') return;
  const { step } = told;
  const rest = step > line.first ? cutAt(line, step - 1) : lineFrom(line.start, line.first, line.origin);
  const from = line.first;
  await under({ kind: 'run', from, to: step, at: from }, (calls) =>
    walk({ line: rest, step: from, document: line.start }, step, calls, { at: 'start', kind: 'run' }),
  );
}

/** The line with the training steps that led to it, computed again; where they lead elsewhere that is said. */
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

async function walk(from: Reached, to: number, { whole, computing }: Calls, how: Required<How>) {
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
  // What was called off ends where it had come to.
  await putUp(outcome, how, whole);
  tellStop(outcome);
  return outcome.kind === 'arrived';
}

/** The picture changes at once, when all of it is there: the number, the document and its trace. */
async function putUp(reached: Reached, { at, kind }: Required<How>, signal: AbortSignal): Promise<void> {
  const { line, step, document } = reached;
  if (step === store.trainingStep.value && line.id === store.line.value?.id) return;
  const trace = await postTrace(document, store.sample.value, signal);
  if (signal.aborted) return;
  // What comes late of the training step before must not appear again.
  askTrace.abandon();
  batch(() => {
    noteRapidInput();
    const { history } = store;
    const own = { step, document, line, title: texts.history.titles.trainingSteps, merge: kind === 'step' };
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

/** Runs of many training steps, and whether the room for them is open. */

export const open = signal(false);
/** Whether its number field is to take the focus as soon as it is there. */
export const wanted = signal(false);

/** Opens it, or comes back to its number field. */
export function openRuns(focus = true): void {
  open.value = true;
  wanted.value = focus;
}

export function closeRuns(): void {
  open.value = false;
}

/** How many training steps a run takes, as it was typed last. */
export const count = signal('100');

/** So many training steps from the one that is shown on. */
export function run(steps: number): void {
  void goToTrainingStep(trainingStep.value + steps);
}

/** What was cancelled goes on. */
export function goOn(): void {
  if (unfinished.value !== null) void goToTrainingStep(unfinished.value);
}

/** While a run is on this is refused, and said. */
export function openStep(step: number): void {
  if (step !== trainingStep.value || isRunning.value) void goToTrainingStep(step);
}
