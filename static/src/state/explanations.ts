/** What the inspector shows: explanations are fetched, and shown together once all of a subject have come. */

import { computed, effect, signal } from '@preact/signals';
import { type Asked, postExplain, Refused, Unreachable } from '../api/client';
import type { Explanation, Trace } from '../api/types';
import { type Subject, subjectOf } from '../inspector/subject';
import { nodeRefs } from '../timeline/computed';
import { isKnown } from './known';
import { pictured } from './pictured';
import { growing, notation, pieces, sample, selected, trace } from './store';

/** How many terms of a sum are told unless somebody opens more. */
export const TERMS = 12;
/** How many times more each opening tells. */
const MORE = 4;
/** Milliseconds for which the last subject stays while the next one's formulas are on their way. */
const PATIENCE = 250;

/** The ref looked at: the selected one, or else the first that the current step computes. */
export const target = computed<string | null>(() => {
  const [piece] = pieces.value;
  if (selected.value || !trace.value || !piece) return selected.value;
  if (growing.value) return growing.value.ref;
  return nodeRefs(trace.value, piece.stage, piece.first, sample.value)[0] ?? null;
});

/** Sums that somebody opened: how many of their terms to tell. */
const opened = signal<ReadonlyMap<string, number>>(new Map());

export function openMore(ref: string): void {
  opened.value = new Map([...opened.value, [ref, termsOf(ref) * MORE]]);
}

/** One consistent picture: a subject with the explanations of all its numbers that are known. */
export interface Shown {
  subject: Subject;
  explanations: ReadonlyMap<string, Explanation>;
  /** Term by term: the sum that grows, also while something else is looked at. */
  grown: Explanation | null;
}

export const shown = signal<Shown | null>(null);
export const failure = signal<string | null>(null);

/** What is looked at; it is shown as soon as its explanations have come. */
export const subject = computed(() =>
  pictured.value && target.value ? subjectOf(pictured.value, target.value) : null,
);

/** A number is added up in the explicit sum. */
const grown = computed<Asked | null>(() => {
  const ref = growing.value?.ref;
  return ref ? { ref, notation: 'scalar', terms: termsOf(ref) } : null;
});

const wanted = computed<Asked[]>(() => {
  const refs = subject.value?.quantities.map(({ ref }) => ref) ?? [];
  const followed = grown.value?.ref === target.value ? grown.value : null;
  return refs
    .filter((ref) => ref === followed?.ref || isKnown(ref))
    .map((ref) => (ref === followed?.ref ? followed : { ref, notation: notation.value, terms: termsOf(ref) }));
});

function termsOf(ref: string): number {
  const own = opened.value.get(ref) ?? TERMS;
  const sum = growing.value;
  if (sum?.ref !== ref) return own;
  // In few steps rather than one more at a time: every size is a request of its own.
  return Math.max(own, TERMS * MORE ** Math.max(0, Math.ceil(Math.log((sum.term + 1) / TERMS) / Math.log(MORE))));
}

/** Explanations belong to one trace: an edit makes all of them old, and calls off what is still on its way. */
interface Answers {
  of: Trace;
  /** By what was asked; null while it is on its way, and where the service had none. */
  given: Map<string, Explanation | null>;
  waiting: Set<string>;
  abort: AbortController;
}

let answers: Answers | null = null;
let patience: ReturnType<typeof setTimeout> | undefined;

const keyOf = ({ ref, notation, terms }: Asked): string => `${ref} ${notation} ${terms}`;

/** A key held down, or a number dragged, asks no more often than once in so many milliseconds. */
const APART = 80;
let askedAt = Number.NEGATIVE_INFINITY;
let later: ReturnType<typeof setTimeout> | undefined;

export function keepExplained(): () => void {
  return effect(() => {
    void [trace.value, wanted.value, grown.value];
    if (later !== undefined) return;
    const wait = askedAt + APART - performance.now();
    if (wait > 0) later = setTimeout(ask, wait);
    else ask();
  });
}

function ask(): void {
  later = undefined;
  const current = trace.peek();
  if (!current) return;
  askedAt = performance.now();
  if (answers?.of !== current) {
    answers?.abort.abort();
    answers = { of: current, given: new Map(), waiting: new Set(), abort: new AbortController() };
  }
  const mine = answers;
  for (const one of all(wanted.peek(), grown.peek())) if (!mine.given.has(keyOf(one))) void explain(mine, one);
  settle();
}

async function explain(mine: Answers, asked: Asked): Promise<void> {
  const key = keyOf(asked);
  mine.given.set(key, null);
  mine.waiting.add(key);
  try {
    mine.given.set(key, await postExplain(mine.of.document, asked, mine.abort.signal));
    if (answers === mine) failure.value = null;
  } catch (error) {
    // Asked again the next time that it is looked at.
    mine.given.delete(key);
    if (answers !== mine) return;
    if (error instanceof Refused) failure.value = error.problem.detail;
    // An unreachable server is told once, where edits are told.
    else if (!(error instanceof Unreachable)) throw error;
  } finally {
    mine.waiting.delete(key);
    if (answers === mine) settle();
  }
}

/** Shows the subject as soon as all of it is there, so that the page changes once and does not flicker. */
function settle(): void {
  const next = subject.peek();
  const asked = all(wanted.peek(), grown.peek());
  clearTimeout(patience);
  if (!next || !asked.some((one) => answers?.waiting.has(keyOf(one)))) show(next);
  else patience = setTimeout(() => show(next), PATIENCE);
}

function show(next: Subject | null): void {
  const before = shown.peek()?.explanations;
  const sum = grown.peek();
  const found = wanted.peek().flatMap((one) => {
    const explanation = given(one) ?? before?.get(one.ref);
    return explanation ? [[one.ref, explanation] as const] : [];
  });
  shown.value = next && { subject: next, explanations: new Map(found), grown: sum && given(sum) };
}

const given = (asked: Asked): Explanation | null => answers?.given.get(keyOf(asked)) ?? null;

function all(asked: readonly Asked[], more: Asked | null): Asked[] {
  return more && !asked.includes(more) ? [...asked, more] : [...asked];
}
