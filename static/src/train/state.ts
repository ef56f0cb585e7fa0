/** The trainings of the page: the last one runs or can go on, and those before it stay for comparison. */

import { batch, computed, effect, signal } from '@preact/signals';
import { postStored } from '../api/client';
import { deleteStored } from '../api/questions';
import {
  deleteTraining,
  ENDED,
  type EncodedSurface,
  type Frame,
  follow,
  getMoment,
  getPoints,
  type Histogram,
  type Moment,
  type Numbers,
  type Points,
  patchTraining,
  postTraining,
  type Training,
  type TrainingState,
  type Until,
} from '../api/trainings';
import type { NetworkDocument } from '../api/types';
import { pinned } from '../state/compare';
import { guarded, type RequestError } from '../state/requestError';
import { abortPrevious } from '../state/singleFlight';
import * as store from '../state/store';
import { isLive, MAX_RUN, openMoment } from '../state/training';
import { EMPTY, type Record, recorded } from './record';

/** A training, and what is known of it. */
export interface Run {
  /** 1 for the first of this page. */
  number: number;
  /** Its addresses on the service. */
  network: string;
  training: string;
  /** The training step and the document that it began with. */
  first: number;
  start: NetworkDocument;
  state: TrainingState;
  record: Record;
  newest: Moment | null;
  points: Points | null;
  /** Those of the newest frame that has them. */
  surface: EncodedSurface | null;
  histograms: readonly Histogram[] | null;
  /** Training steps a second, as measured by the page. */
  pace: number | null;
  /** The training step from which it went on after its process had ended. */
  resumed: number | null;
  /** The line of training steps that the page shows of it. */
  line: symbol | null;
}

/** So many trainings are kept: the curves of more would look alike. */
const MOST_RUNS = 4;
/** Frames a second, and points along an axis of the surface. */
const RATE = 25;
/** So many if each is to show one training step: as many as a screen has. */
const MOST_RATE = 60;
const rateAt = (steps: number | null): number => (steps === null || steps > MOST_RATE ? RATE : Math.max(RATE, steps));
const SURFACE = 50;

export const runs = signal<readonly Run[]>([]);
export const current = computed(() => runs.value.at(-1) ?? null);
export const isRunning = computed(() => current.value?.state === 'running');
effect(() => {
  isLive.value = isRunning.value;
});
/** Why the service refused, or that it cannot be reached. */
export const trouble = signal<RequestError | null>(null);
/** Whether the events of the training stopped coming. */
export const lost = signal(false);
/** Whether a request is under way that begins or changes a training. */
export const waiting = signal(false);

export const until = signal<Until>({});
/** Training steps a second, at most; null is as fast as it goes. */
export const speed = signal<number | null>(null);
/** Whether the surfaces of hidden units are wanted. */
export const hidden = signal(false);
/** Whether histograms are wanted while it trains. */
export const histograms = signal(false);

/** A training step that was opened, and what was to be seen then. */
export interface Seen {
  run: Run;
  step: number;
  numbers: Numbers;
}

/** So many are kept. */
const MOST_SEEN = 40;
/** The opened training steps by the hashes of their documents: the page shows them, or has pinned one. */
const seen = signal<ReadonlyMap<string, Seen>>(new Map());
export const opened = computed(() => (store.trace.value && seen.value.get(store.trace.value.hash)) ?? null);
export const pinnedThere = computed(() => (pinned.value && seen.value.get(pinned.value.trace.hash)) ?? null);

/** What the panels show of a training: while it runs its newest numbers, and otherwise those of the open training step. */
export function shownOf(run: Run): { step: number; numbers: Numbers } {
  const { value: found } = opened;
  if (run.state !== 'running' && found && found.run.number === run.number) return found;
  const { newest, surface, histograms: spread } = run;
  return {
    step: reached(run),
    numbers: { ...newest, surface: surface ?? undefined, histograms: spread ? [...spread] : undefined },
  };
}

/** The training step that a training has reached. */
export const reached = ({ first, newest }: Run): number => first + (newest?.step ?? 0);

/** Whether the page shows the training step that the last training has reached, so that it can go on from there. */
const continues = computed(() => {
  const { value: run } = current;
  if (run?.state !== 'paused') return false;
  return run.line === store.line.value?.id && store.trainingStep.value === reached(run);
});

/** Training steps of one epoch. */
export const stepsOfEpoch = computed(() => store.trace.value?.batches?.steps ?? 1);

/** Runs from the network that is shown, for so many training steps if they are given. */
export async function play(steps?: number): Promise<void> {
  if (waiting.value || isRunning.value) return;
  const { value: run } = current;
  if (run && continues.value) await change(run, { state: 'running', ...(steps ? { steps } : {}) });
  else await begin(steps);
}

export async function pause(): Promise<void> {
  const { value: run } = current;
  if (run && !waiting.value) await change(run, { state: 'paused' });
}

export async function setSpeed(value: number | null): Promise<void> {
  const other = rateAt(value) !== rateAt(speed.value);
  speed.value = value;
  const { value: run } = current;
  if (!run || ENDED.has(run.state)) return;
  await change(run, { speed: value });
  if (other) listen(run);
}

/** Back to the start of the last training, which ends. */
export async function reset(): Promise<void> {
  const { value: run } = current;
  if (!run) return;
  stop();
  await guarded(trouble, () => deleteTraining(run.network, run.training));
  await openStep(run, run.first);
  // Its steps may be known no longer.
  if (store.trainingStep.value !== run.first) await openMoment(run.start, run.first, null);
}

/** Opens a training step in all views; `instead` of the one before it undo passes over that. */
export async function openStep(run: Run, step: number, instead = false): Promise<void> {
  const answer = await momentOf(run, step);
  if (!answer) return;
  const way = step > run.first && step - run.first <= MAX_RUN ? { step: run.first, document: run.start } : null;
  await openMoment(answer.document, step, way, instead);
  const { value: trace } = store.trace;
  if (!trace || store.trainingStep.value !== step) return;
  update(run, { line: store.line.value?.id ?? null });
  remember(trace.hash, { run, step, numbers: answer.numbers });
}

const newestAsked = abortPrevious();
const momentOf = ({ network, training, first }: Run, step: number) =>
  guarded(trouble, () =>
    newestAsked((abort) =>
      getMoment(network, training, step - first, { surface: SURFACE, hidden: hidden.value }, abort),
    ),
  );

/** Keeps the newest, and the pinned one. */
function remember(hash: string, found: Seen): void {
  const all = [...seen.value].filter(([one]) => one !== hash);
  const old = all.length - MOST_SEEN + 1;
  const kept = all.filter(([one], place) => place >= old || one === pinned.value?.trace.hash);
  seen.value = new Map([...kept, [hash, found]]);
}

async function change(run: Run, wanted: Parameters<typeof patchTraining>[2]): Promise<void> {
  waiting.value = true;
  // The state is that of the events: a step can have ended before this request is answered.
  await guarded(trouble, () => patchTraining(run.network, run.training, wanted));
  waiting.value = false;
}

async function begin(steps: number | undefined): Promise<void> {
  const document = store.trace.value?.document;
  if (!document || store.behind.value) return;
  waiting.value = true;
  const first = store.trainingStep.value;
  const answer = await guarded(trouble, async () => {
    const { id } = await postStored(document);
    if (!id) return null; // the answer to those who may edit has it
    const asked = { until: until.value, speed: speed.value, ...(steps ? { steps } : {}) };
    return { network: id, training: await postTraining(id, asked) };
  });
  waiting.value = false;
  if (!answer) return;
  const { network, training } = answer;
  const run: Run = {
    number: (current.value?.number ?? 0) + 1,
    ...{ network, training: training.id, first, start: document, state: training.state },
    ...{ record: EMPTY, newest: null, points: null, surface: null, histograms: null, pace: null, resumed: null },
    line: store.line.value?.id ?? null,
  };
  // Its network was stored for it alone.
  for (const old of [...runs.value, run].slice(0, -MOST_RUNS)) void guarded(trouble, () => deleteStored(old.network));
  runs.value = [...runs.value, run].slice(-MOST_RUNS);
  listen(run);
  update(run, { points: await guarded(trouble, () => getPoints(run.network, run.training)) });
}

let stop: () => void = () => undefined;

/** Follows the events of a training, instead of those of the one before. */
function listen(run: Run): void {
  stop();
  let before: { step: number; at: number } | null = null;
  const asked = { rate: rateAt(speed.value), surface: SURFACE, hidden: hidden.value, histograms: histograms.value };
  stop = follow(run.network, run.training, asked, {
    frame: (frame) => {
      const at = performance.now();
      const pace = before && at > before.at ? ((frame.step - before.step) * 1000) / (at - before.at) : null;
      // Over a second, since single frames vary.
      if (!before || at - before.at > 1000) before = { step: frame.step, at };
      arrived(run.number, frame, pace);
    },
    state: (training) => ended(run, training),
    lost: () => {
      lost.value = true;
    },
  });
}

function arrived(number: number, frame: Frame, pace: number | null): void {
  const run = runs.value.find((one) => one.number === number);
  if (!run) return;
  batch(() => {
    lost.value = false;
    const record = recorded(run.record, frame, run.first);
    update(run, {
      ...{ record, newest: frame, surface: frame.surface ?? run.surface },
      histograms: frame.histograms ?? run.histograms,
      ...(pace === null ? {} : { pace }),
    });
  });
}

/** A paused or ended training is opened where it is, so that all views show its numbers. */
function ended(run: Run, training: Training): void {
  lost.value = false;
  const { state, resumed_from } = training;
  const resumed = resumed_from === null ? null : run.first + resumed_from;
  update(run, { state, resumed, ...(training.step > 0 ? { newest: training } : {}) });
  if (state === 'running' || state === 'cancelled' || state === 'failed') return;
  const known = runs.value.find(({ number }) => number === run.number);
  if (known && !(known.line === store.line.value?.id && store.trainingStep.value === reached(known)))
    void openStep(known, reached(known));
}

function update({ number }: Run, changes: Partial<Run>): void {
  runs.value = runs.value.map((run) => (run.number === number ? { ...run, ...changes } : run));
}

/** Shows the surfaces of hidden units as well, or those of the outputs alone. */
export function showHidden(wanted: boolean): void {
  hidden.value = wanted;
  void askAgain();
}

/** Shows histograms while it trains; an open training step has them anyway. */
export function showHistograms(wanted: boolean): void {
  histograms.value = wanted;
  if (isRunning.value) void askAgain();
}

async function askAgain(): Promise<void> {
  const { value: run } = current;
  const { value: found } = opened;
  const { value: trace } = store.trace;
  if (run?.state === 'running') listen(run);
  else if (found && trace) {
    const answer = await momentOf(found.run, found.step);
    if (answer) remember(trace.hash, { ...found, numbers: answer.numbers });
  }
}
