/**
 * The answers of a saved web page: the service wrote them into the page, and nothing is requested. Each is under the
 * name of its question, such as `trace 0` or `explanation fc_1.w[0,0] scalar 12`.
 */

import type { Transport } from './client';
import type { Explanation } from './types';

export type Answers = ReadonlyMap<string, unknown>;

interface Question {
  query: URLSearchParams;
  /** The fields of the body. The document in it is not read: a saved page has one. */
  body: Body;
}

type Body = Partial<Record<'by' | 'ref', string>> &
  Partial<Record<'from' | 'limit' | 'sample' | 'epsilon', number>> & { wishes?: Wish[]; refs?: string[] };

interface Wish {
  ref: string;
  notation: string;
  terms: number;
}

/** Answers the questions of the page from a table; one that is not in it is refused. */
export function answering(answers: Answers): Transport {
  return async (path, { body }) => {
    const address = new URL(path, 'http://saved.invalid');
    const asked = typeof body === 'string' ? JSON.parse(body) : {};
    const found = QUESTIONS[address.pathname]?.(answers, { query: address.searchParams, body: asked });
    return found === undefined ? Response.json(NOT_SAVED, REFUSED) : Response.json(found);
  };
}

const QUESTIONS: Readonly<Record<string, (answers: Answers, question: Question) => unknown>> = {
  '/api/trace': (answers, { query }) => answers.get(`trace ${query.get('sample')}`),
  '/api/explanations': (answers, { body: { wishes = [] } }) => ({
    answers: wishes.map(({ ref, notation, terms }) => explained(answers, ref, notation, terms)),
  }),
  '/api/steps': (answers, { body: { by, from = 0, limit = 0, sample } }) => {
    const all = answers.get(`steps ${by} ${sample}`) as { steps: unknown[] } | undefined;
    return all && { ...all, from, steps: all.steps.slice(from, from + limit) };
  },
  '/api/gradient-check': (answers, { body: { epsilon, refs } }) => {
    const all = answers.get(`check ${epsilon}`) as { rows: { ref: string }[] } | undefined;
    return refs && all ? { ...all, rows: all.rows.filter(({ ref }) => refs.includes(ref)) } : all;
  },
  '/api/gradient-check/curve': (answers, { body: { ref } }) => answers.get(`curve ${ref}`),
  '/api/equations': (answers) => answers.get('equations'),
  '/api/gradient-flow': (answers) => answers.get('flow'),
};

/**
 * An explanation with at most so many terms. One that is complete with fewer is stored once; so is a number that does
 * not have a notation, which the service explains in the scalar one.
 */
function explained(answers: Answers, ref: string, notation: string, terms: number): object {
  for (let most = terms; most >= FEWEST; most /= FACTOR) {
    const found = answers.get(`explanation ${ref} ${notation} ${most}`) as Explanation | undefined;
    if (found) return { explanation: { ...found, notations: storedOf(answers, found) }, problem: null };
  }
  return notation === 'scalar' ? { explanation: null, problem: NOT_SAVED } : explained(answers, ref, 'scalar', terms);
}

/** The notations of a number that the page has; those of a large network may be too many for it. */
const storedOf = (answers: Answers, { ref, notations }: Explanation) =>
  notations.filter((one) => answers.has(`explanation ${ref} ${one} ${FEWEST}`));

/** As `state/explanations.ts` asks: at first for so many terms, and then for so many times more. */
const [FEWEST, FACTOR] = [12, 4];

const NOT_SAVED = { title: '', status: 404, detail: 'The saved page does not contain this.', key: 'not_saved' };
const REFUSED = { status: 404, headers: { 'Content-Type': 'application/problem+json' } };

/**
 * Reads the answers as app/export/page/packing.py writes them: a line for each group of them, in which a part that
 * occurred before is a reference to it. Every list, object, longer text and longer number that is not a reference has
 * the next number, its parts first.
 */
export function readAnswers(text: string): Answers {
  const parts: unknown[] = [];
  const kept = <Part>(part: Part): Part => {
    parts.push(part);
    return part;
  };
  const read = (part: unknown): unknown => {
    if (typeof part === 'string') {
      if (part.startsWith(REFERENCE)) return parts[Number.parseInt(part.slice(1), 36)];
      return part.length < LONG ? part : kept(part);
    }
    if (typeof part === 'number') return Number.isInteger(part * SHORT) ? part : kept(part);
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return part.length ? kept(part.map(read)) : part;
    const entries = Object.entries(part);
    return entries.length ? kept(Object.fromEntries(entries.map(([name, value]) => [name, read(value)]))) : part;
  };
  return new Map(
    text
      .split('\n')
      .flatMap((line) =>
        (JSON.parse(line) as [string, unknown][]).map(([name, answer]) => [name, read(answer)] as const),
      ),
  );
}

const REFERENCE = '\u0001';
/** Shorter texts, and numbers with at most three decimals, are not worth a reference. */
const [LONG, SHORT] = [8, 1000];
