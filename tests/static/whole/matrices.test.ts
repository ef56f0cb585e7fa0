/** Matrices and its requests: an equation is shown with the numbers that it was written for, or not at all. */

import { effect } from '@preact/signals';
import { fireEvent, within } from '@testing-library/preact';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Trace } from '@/api/types';
import { type Equation, equationsOf, resultOf } from '@/matrices/equations';
import { progressOf } from '@/matrices/progress';
import { shownEquations, shownTrace, workedOn, working } from '@/matrices/state';
import { edit, replace } from '@/state/network';
import * as store from '@/state/store';
import { view } from '@/state/view';
import { written } from '../matrices/networks';
import { open, press, settled, soon, withPage } from './page';

const wire = withPage();
const EQUATIONS = /^\/api\/equations/;
const page = () => document.querySelector<HTMLElement>('.matrices-view .equations') as HTMLElement;
const shown = () => shownEquations.value.map(written).join('\n');

/** The numbers of a trace and the equations that were shown together, at every moment. */
const moments: { of: Trace; equations: string }[] = [];
let stop = () => {};

beforeAll(async () => {
  const document = await open('softmax-classifier');
  const shares = [0, 1, 2, 3, 4, 5].map(() => [0.5, 0.25, 0.25]);
  await replace({ ...document, y: shares });
  await settled();
  view.value = 'matrices';
  await soon(() => expect(shown()).not.toBe(''));
  stop = effect(() => {
    const [of, equations] = [shownTrace.value, shown()];
    if (of && equations) moments.push({ of, equations });
  });
});

afterAll(() => stop());

const isOfNow = () => expect(shownTrace.value?.hash).toBe(store.trace.value?.hash);

test('with targets that no longer sum to 1 the gradient changes its form together with its numbers', async () => {
  const before = shown();
  wire.hold = EQUATIONS;
  await edit('/y/0/0', 0.75);
  await settled();
  // Its equations are pending: the previous equations and numbers are shown.
  expect(shown()).toBe(before);
  expect(shownTrace.value?.hash).not.toBe(store.trace.value?.hash);
  expect([working.value, page().getAttribute('aria-busy')]).toEqual([false, 'false']);
  wire.release();
  await soon(isOfNow);
  expect(shown()).not.toBe(before);
  for (const value of [0.5, 0.625, 0.75, 0.5]) void edit('/y/0/0', value);
  await settled();
  await soon(isOfNow);
  expect(shown()).toBe(before);
  const expected = new Map<string, string>();
  for (const { of, equations } of moments) {
    const known = expected.get(of.hash);
    const answer =
      known === undefined &&
      (await wire.ask<{ equations: Parameters<typeof equationsOf>[1] }>('/api/equations', { document: of.document }));
    const right =
      known ??
      equationsOf(of, answer ? answer.equations : [])
        .map(written)
        .join('\n');
    expected.set(of.hash, right);
    expect(equations).toBe(right);
  }
  expect(new Set(expected.values()).size).toBe(2);
});

/** During an action, this answers the request. */
async function answeredBy(answer: () => Promise<Response>, during: () => Promise<void>): Promise<void> {
  const real = globalThis.fetch;
  globalThis.fetch = (input, init) => (EQUATIONS.test(String(input)) ? answer() : real(input, init));
  try {
    await during();
  } finally {
    globalThis.fetch = real;
  }
}

const toldInPlace = async () => {
  await settled();
  await soon(() => expect(page().querySelector('[role=alert]')?.textContent).toBeTruthy());
  expect([shown(), shownTrace.value, working.value]).toEqual(['', null, false]);
  expect(page().querySelectorAll('[data-near]')).toHaveLength(0);
};

const againOfNow = async () => {
  await soon(isOfNow);
  expect(page().querySelector('[role=alert]')?.textContent).toBe('');
  expect(shown()).not.toBe('');
};

test('a failed request leaves no equation with numbers of another network, and can be repeated', async () => {
  const failed = () => Promise.reject(new TypeError('Failed to fetch'));
  await answeredBy(failed, async () => {
    await edit('/y/0/0', 0.8);
    await toldInPlace();
  });
  fireEvent.click(within(page()).getByRole('button', { name: 'Try again' }));
  await againOfNow();
});

test('a refusal is shown instead of the equations, until the next numbers have theirs', async () => {
  const problem = { title: 'Unprocessable', status: 422, detail: 'Not this one.', key: 'request' };
  const headers = { 'Content-Type': 'application/problem+json' };
  const refused = () => Promise.resolve(new Response(JSON.stringify(problem), { status: 422, headers }));
  await answeredBy(refused, async () => {
    await edit('/y/0/0', 0.9);
    await toldInPlace();
  });
  await edit('/y/0/0', 0.5);
  await settled();
  await againOfNow();
});

test('the state of an optimizer is empty until the update, whose equation is then the current one', async () => {
  await open('chapter');
  await edit('/optimizer', { type: 'adam', lr: 0.1 });
  await settled();
  await soon(isOfNow);
  const remembered = shownEquations.value.filter(({ title }) => /\.gradient_(mean|square)$/.test(title.key));
  expect(remembered.map(({ id }) => id)).toEqual(
    ['w', 'b'].flatMap((one) => [`fc_1 ${one} mean`, `fc_1 ${one} square`]),
  );
  const known = (one: Equation) => {
    const result = resultOf(one);
    return result && progressOf(store.trace.value?.stages ?? [], store.cursor.value, store.pieces.value, result).known;
  };
  expect(remembered.map(known)).toEqual([0, 0, 0, 0]);
  press('End');
  expect(remembered.map(known)).toEqual([2, 2, 2, 2]);
  expect(workedOn.value).toBe('fc_1 w update');
});
