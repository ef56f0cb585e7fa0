/** Class codes: entering one, by a link or in the help, and until when it holds. */

import { Refused, Unreachable } from '../api/client';
import { type ClassState, getClass, postClass } from '../api/questions';
import { texts } from '../texts';
import { help } from '../texts/help';
import { sayProblem } from './requestError';
import * as store from './store';

const words = help.classCode;

/** The time when a code ends, in the language and the time zone of the page. */
const timeOf = (until: string): string =>
  new Date(until).toLocaleString(texts.lang, { dateStyle: 'medium', timeStyle: 'short' });

/** What is true now, as a sentence; empty if the service has quotas and no code was entered. */
export function sayClass({ quotas, until }: ClassState): string {
  if (!quotas) return words.noQuotas;
  return until === null ? '' : words.holds(timeOf(until));
}

/** The reason why a code was not taken. */
export function sayWhyNot(error: unknown): string {
  if (error instanceof Unreachable) return error.busy ? texts.problems.busy : texts.problems.unreachable;
  if (!(error instanceof Refused)) throw error;
  const { problem } = error;
  const { time } = problem.values ?? {};
  const values = typeof time === 'string' ? { ...problem.values, time: timeOf(time) } : problem.values;
  return sayProblem({ ...problem, values });
}

export const askClass = (): Promise<ClassState> => getClass();
export const enterClass = (code: string): Promise<ClassState> => postClass(code);

/** The code in an address such as `/?class=abcd-efgh`. */
export const codeIn = (search: string): string => new URLSearchParams(search).get('class') ?? '';

/** Enters the code of the link that opened the page, and says the result. */
export async function enterByLink(): Promise<void> {
  const code = codeIn(location.search);
  // Links that are copied from here on are for everyone.
  history.replaceState(history.state, '', location.pathname + location.hash);
  try {
    store.news.value = sayClass(await enterClass(code));
  } catch (error) {
    store.notice.value = sayWhyNot(error);
  }
}
