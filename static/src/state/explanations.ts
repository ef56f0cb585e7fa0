/** The inspector's explanations: they are fetched, and shown together once all of a subject have arrived. */

import { computed, effect, signal } from '@preact/signals';
import { type Asked, postExplanations, Refused, Unreachable } from '../api/client';
import type { Explanation, Trace } from '../api/types';
import { withZeros, zerosOf } from '../model/lookup';
import { type Subject, subjectOf } from '../model/subject';
import { language } from '../texts/language';
import { focusRef, inspected, selection } from './attention';
import { isKnown } from './known';
import { sayProblem } from './requestError';
import { singleFlight } from './singleFlight';
import { growing, notation, trace } from './store';
import { reportAbsence } from './tracing';
import { visibleGraph } from './visibleGraph';

/** How many terms of a sum are requested unless more are opened. */
export const TERMS = 12;
/** The factor by which each opening increases this. */
const MORE = 4;
/** Milliseconds for which the last subject stays while the next one's formulas are on their way. */
const PATIENCE = 250;

/** Opened sums: how many of their terms are requested. */
const opened = signal<ReadonlyMap<string, number>>(new Map());

export function openMore(ref: string): void {
  opened.value = new Map([...opened.value, [ref, termsOf(ref) * MORE]]);
}

/** Whether the shown subject is not the current one, or some of its formulas have not arrived. */
export const busy = signal(false);
export const failure = signal<string | null>(null);

/** The current subject; it is shown as soon as its explanations have arrived. */
export const subject = computed(() =>
  visibleGraph.value && focusRef.value ? subjectOf(visibleGraph.value, focusRef.value) : null,
);

/** The number whose running sum is shown. */
const extended = computed<Asked | null>(() => {
  const ref = growing.value?.ref;
  return ref ? { ref, notation: 'scalar', terms: termsOf(ref) } : null;
});

const wanted = computed<Asked[]>(() => {
  const refs = subject.value?.quantities.map(({ ref }) => ref) ?? [];
  const followed = extended.value?.ref === focusRef.value ? extended.value : null;
  return refs
    .filter((ref) => ref === followed?.ref || isKnown(ref))
    .map((ref) => (ref === followed?.ref ? followed : { ref, notation: notation.value, terms: termsOf(ref) }));
});

function termsOf(ref: string): number {
  const own = opened.value.get(ref) ?? TERMS;
  const sum = growing.value;
  if (sum?.ref !== ref) return own;
  // In large steps rather than one more at a time, because every size is a separate request.
  return Math.max(own, TERMS * MORE ** Math.max(0, Math.ceil(Math.log((sum.term + 1) / TERMS) / Math.log(MORE))));
}

/** Explanations belong to one trace: an edit invalidates all of them, and aborts pending requests. */
interface Answers {
  of: Trace;
  /** By the key of the request. */
  given: Map<string, Explanation>;
  /** Pending or scheduled. */
  waiting: Set<string>;
}

let answers: Answers | null = null;
let patience: ReturnType<typeof setTimeout> | undefined;

const keyOf = ({ ref, notation, terms }: Asked): string => `${ref} ${notation} ${terms}`;

/**
 * While a key is held down or a number is dragged, requests are at least this many milliseconds apart: the picture follows
 * every move, but formulas need not change faster than they can be read.
 */
const APART = 200;
let askedAt = Number.NEGATIVE_INFINITY;
let later: ReturnType<typeof setTimeout> | undefined;

export function keepExplained(): () => void {
  return effect(() => {
    void [trace.value, selection.value, wanted.value, extended.value];
    if (later !== undefined) return;
    const wait = askedAt + APART - performance.now();
    if (wait <= 0) return ask();
    busy.value = true;
    later = setTimeout(ask, wait);
  });
}

function ask(): void {
  later = undefined;
  const current = trace.peek();
  if (!current) return;
  askedAt = performance.now();
  if (answers?.of !== current) {
    explain.abandon();
    answers = { of: current, given: new Map(), waiting: new Set() };
  }
  const missing = missingOf(answers);
  answers.waiting = new Set(missing.map(keyOf));
  if (missing.length > 0) void explain();
  settle();
}

/** Requests everything in focus at once. Unanswered requests are sent again the next time. */
const explain = singleFlight(async (signal) => {
  const mine = answers;
  const wishes = mine ? missingOf(mine) : [];
  if (!mine || wishes.length === 0) return;
  try {
    const found = await postExplanations(mine.of.document, { wishes, language }, signal);
    if (answers !== mine) return;
    const problem = found.find((one) => one.problem)?.problem;
    failure.value = problem ? sayProblem(problem) : null;
    for (const [place, { explanation }] of found.entries()) {
      const wish = wishes[place];
      if (wish && explanation) mine.given.set(keyOf(wish), withZeros(explanation, zerosOf(mine.of)));
    }
  } catch (error) {
    if (answers !== mine) return;
    if (error instanceof Refused) failure.value = sayProblem(error.problem);
    // It is reported once; when the server is back, the next trace brings the formulas.
    else if (error instanceof Unreachable) reportAbsence(error);
    else throw error;
  } finally {
    for (const wish of wishes) mine.waiting.delete(keyOf(wish));
    if (answers === mine) settle();
  }
});

const missingOf = ({ given }: Answers): Asked[] =>
  all(wanted.peek(), extended.peek()).filter((one) => !given.has(keyOf(one)));

/** Shows the subject as soon as all of it has arrived, so that the page changes once and does not flicker. */
function settle(): void {
  const next = subject.peek();
  const asked = all(wanted.peek(), extended.peek());
  clearTimeout(patience);
  busy.value = next !== null && asked.some((one) => answers?.waiting.has(keyOf(one)));
  if (!busy.peek()) show(next);
  else patience = setTimeout(() => show(next), PATIENCE);
}

function show(next: Subject | null): void {
  const before = inspected.peek()?.explanations;
  const sum = extended.peek();
  const found = wanted.peek().flatMap((one) => {
    const explanation = given(one) ?? before?.get(one.ref);
    return explanation ? [[one.ref, explanation] as const] : [];
  });
  inspected.value = next && {
    subject: next,
    selected: selection.peek() !== null,
    explanations: new Map(found),
    extended: sum && given(sum),
  };
}

const given = (asked: Asked): Explanation | null => answers?.given.get(keyOf(asked)) ?? null;

function all(asked: readonly Asked[], more: Asked | null): Asked[] {
  return more && !asked.includes(more) ? [...asked, more] : [...asked];
}
