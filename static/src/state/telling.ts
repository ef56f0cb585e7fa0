/**
 * The sentence of the step at the cursor. Steps are requested in windows around it, mostly ahead in the direction of
 * movement, and kept as long as the trace is the same, so that a key held down rarely waits for a sentence.
 */

import { computed, effect, signal } from '@preact/signals';
import { Refused, Unreachable } from '../api/client';
import { postSteps, type Step } from '../api/questions';
import type { Expression, Trace } from '../api/types';
import { type Sentence, sentenceOf } from '../maths/sentences';
import { finish, GRAINS, type Grain, positionOf, stepsDone, stepsIn } from '../model/cursor';
import { hasTargets, zerosOf } from '../model/lookup';
import { texts } from '../texts';
import { singleFlight } from './singleFlight';
import { cursor, grain, growing, requestError, sample, titleOfNetwork, trace } from './store';
import { reportAbsence } from './tracing';

/** The number of steps per request, and how many of them are behind the cursor. */
const WINDOW = 72;
/** At the start: the first picture does not wait for many steps, and the first step requests the following ones. */
const FIRST = 3;
const BEHIND = 14;
/** With fewer than these ahead of the cursor, or behind it, more are requested. */
const NEAR = 10;
/** Milliseconds for which the previous sentence stays while the next one is on its way. */
const PATIENCE = 250;

/** The step that ends at the cursor: of the chosen grain, or, in the middle of one, of the largest that ends there. */
export const place = computed<{ by: Grain; number: number } | null>(() => {
  const stages = trace.value?.stages ?? [];
  const at = cursor.value;
  if (at <= 0 || stages.length === 0) return null;
  for (const by of GRAINS.slice(GRAINS.indexOf(grain.value))) {
    const done = stepsDone(stages, by, at);
    if (done > 0 && positionOf(stages, by, done) === at) return { by, number: done - 1 };
  }
  return null;
});

/**
 * The position for which steps are requested; at the start the first ones, so that their sentences are present in
 * time.
 */
const spot = computed(() => place.value ?? (cursor.value <= 0 && trace.value ? { by: grain.value, number: 0 } : null));

/** The steps of one trace that have arrived, by grain and sample, and then by their numbers. */
const kept = signal<{ of: Trace | null; steps: ReadonlyMap<string, ReadonlyMap<number, Step>> }>({
  of: null,
  steps: new Map(),
});

const found = computed<ReadonlyMap<number, Step> | null>(() => {
  const at = spot.value;
  if (!at || kept.value.of !== trace.value) return null;
  return kept.value.steps.get(`${at.by} ${sample.value}`) ?? null;
});

/** The step at the cursor, once it has arrived. */
export const step = computed<Step | null>(() => (place.value && found.value?.get(place.value.number)) ?? null);

/** The step whose sentence is shown: that at the cursor, or for a moment the one before it. */
export const shownStep = signal<Step | null>(null);
/** The zeros by rounding of its training step. */
let shownZeros: ReadonlySet<string> = new Set();
export const failed = signal(false);

/** The terms around the one at the cursor that have arrived, by their index in the sum. */
export const terms = computed<ReadonlyMap<number, NonNullable<Step['term']>>>(() => {
  const here = step.value;
  const of = here?.term?.of.ref;
  const gathered = new Map<number, NonNullable<Step['term']>>();
  if (!here || !of) return gathered;
  for (const by of [-1, 1]) {
    for (let number = here.number; ; number += by) {
      const term = found.value?.get(number)?.term;
      if (term?.of.ref !== of) break;
      gathered.set(term.index, term);
    }
  }
  return gathered;
});

/** The least time between requests for consecutive traces, in milliseconds. */
const APART = 200;
let askedAt = Number.NEGATIVE_INFINITY;
let later: ReturnType<typeof setTimeout> | undefined;
let patience: ReturnType<typeof setTimeout> | undefined;

export function keepSentences(): () => void {
  const asking = effect(() => {
    void found.value;
    const at = spot.value;
    // Requested again as soon as the server is back, and not before.
    if (requestError.value?.kind === 'unreachable') return;
    if (!at || later !== undefined || !missing(at.by, at.number)) return;
    // While a number is dragged, each trace is replaced before its sentence is read.
    const wait = kept.peek().of === trace.peek() ? 0 : askedAt + APART - performance.now();
    if (wait <= 0) void ask();
    else later = setTimeout(askLater, wait);
  });
  const showing = effect(() => {
    clearTimeout(patience);
    const next = step.value;
    if (next || !place.value) {
      shownZeros = zerosOf(trace.peek());
      shownStep.value = next;
    } else
      patience = setTimeout(() => {
        shownStep.value = null;
      }, PATIENCE);
  });
  return () => {
    asking();
    showing();
  };
}

function askLater(): void {
  later = undefined;
  void ask();
}

/** The first step of the window to request; null if enough steps are present. */
function missing(by: Grain, number: number): { from: number } | null {
  const all = stepsIn(trace.peek()?.stages ?? [], by);
  const there = found.peek();
  if (cursor.peek() <= 0) return there?.has(0) ? null : { from: 0 };
  const near = (place: number) => there?.has(Math.min(Math.max(place, 0), all - 1)) ?? false;
  if (near(number)) {
    if (!near(number + NEAR)) return { from: number };
    return near(number - NEAR) ? null : { from: Math.max(0, number - WINDOW + NEAR) };
  }
  return { from: Math.max(0, number - BEHIND) };
}

const ask = singleFlight(async (signal) => {
  const of = trace.peek();
  const at = spot.peek();
  const window = at && missing(at.by, at.number);
  if (!of || !at || !window) return;
  const shownSample = sample.peek();
  askedAt = performance.now();
  try {
    const request = { by: at.by, from: window.from, limit: cursor.peek() <= 0 ? FIRST : WINDOW, sample: shownSample };
    const steps = await postSteps(of.document, request, signal);
    failed.value = false;
    if (trace.peek() !== of) return;
    const before = kept.peek().of === of ? kept.peek().steps : new Map<string, ReadonlyMap<number, Step>>();
    const key = `${at.by} ${shownSample}`;
    const own = new Map([...(before.get(key) ?? []), ...steps.map((one) => [one.number, one] as const)]);
    kept.value = { of, steps: new Map([...before, [key, own]]) };
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof Refused || error instanceof Unreachable)) throw error;
    failed.value = true;
    if (error instanceof Unreachable) reportAbsence(error);
  }
});

/** Term by term: the running value of the current sum, from the service. */

export interface Partial {
  ref: string;
  symbol: string;
  /** The number itself, for when its sum is complete. */
  value: number;
  /** The last completed term. */
  term: Expression;
  sofar: number;
  done: number;
  terms: number;
  largest: boolean;
  /** The operations on the complete sum, with Σ in it; null if the number is the sum itself. */
  around: Expression | null;
}

export const runningSum = computed<Partial | null>(() => {
  const term = step.value?.term;
  if (!term || growing.value?.ref !== term.of.ref) return null;
  const { of, index, count, expression, running, largest, around } = term;
  const { ref, symbol, value } = of;
  return { ref, symbol, value, term: expression, sofar: running, done: index + 1, terms: count, largest, around };
});

/** The sentence of the step at the cursor. */
export function currentSentence(): Sentence {
  const shown = trace.value;
  if (!shown) return [];
  if (!place.value) return [texts.timeline.ready(titleOfNetwork(shown.document.name ?? ''), hasTargets(shown))];
  if (!shownStep.value) return failed.value ? [texts.timeline.unavailable] : [];
  const sentence = sentenceOf(shownStep.value.message).map((part) =>
    typeof part === 'object' && 'value' in part
      ? { ...part, rounded: part.ref !== null && shownZeros.has(part.ref) }
      : part,
  );
  const done = cursor.value >= finish(shown.stages);
  return done
    ? [...sentence, texts.timeline.between, ...sentenceOf({ key: 'complete', refs: {}, values: {} })]
    : sentence;
}
