/** Pending requests: cancelled ones, outdated answers, and a server that disappears and returns. */

import { fireEvent, screen } from '@testing-library/preact';
import { expect, test, vi } from 'vitest';
import { phaseAt } from '@/model/cursor';
import * as attention from '@/state/attention';
import * as flow from '@/state/flow';
import * as store from '@/state/store';
import { field, numbersShown, open, part, press, settled, soon, type, withPage } from './page';

const wire = withPage();

const asked = (path: string) => wire.asked.filter((one) => one.path.startsWith(path));
const inspector = () => document.querySelector<HTMLElement>('.inspector') as HTMLElement;
/** The results in the inspector, by their refs. */
const results = () =>
  new Map(
    [...inspector().querySelectorAll<HTMLElement>('.result[data-ref]')].map(({ dataset }) => [
      dataset.ref,
      Number(dataset.value),
    ]),
  );

test('the inspector’s result is the number of the picture, and its formula gives it from its numbers', async () => {
  await open('two-layers');
  press('End');
  for (const ref of ['fc_1.output[0,1]', 'relu_1.output[0,0]', 'fc_2.output[0,0]', 'fc_2.w[1,0]']) {
    fireEvent.click(part(ref));
    await soon(() => expect(results().size).toBeGreaterThan(0));
    for (const [name, value] of results()) {
      const shown = numbersShown().get(name ?? '');
      if (shown !== undefined) expect(shown, name).toBe(value);
    }
  }
});

test('products are requested when they are shown, are the service’s, and no other picture waits for them', async () => {
  await open('two-layers');
  press('End');
  const query = () => new URLSearchParams(asked('/api/trace').at(-1)?.path.split('?')[1]);
  await type('b 1 of layer 2', '0.5');
  expect(query().has('products')).toBe(false);
  store.edgeMode.value = 'product';
  await soon(() => expect(store.trace.value?.products).not.toBeNull());
  expect(query().get('products')).toBe('1');
  type Edges = { edges: { ref: string; product: number }[] };
  const { edges } = await wire.ask<Edges>('/api/trace?graph=1', store.network.value);
  const shown = [...document.querySelectorAll<HTMLElement>('.diagram .edge-number .number:not([data-ref])')];
  const values = shown.map(({ dataset }) => Number(dataset.value));
  expect(values.length).toBeGreaterThan(0);
  for (const value of values) expect(edges.map(({ product }) => product)).toContain(value);
  // They are those of the edited network.
  await type('b 1 of layer 2', '0.75');
  expect(store.trace.value?.products?.['fc_2.b']).toEqual([0.75, 0.2]);
  const before = asked('/api/trace').length;
  store.edgeMode.value = 'auto';
  await type('b 1 of layer 2', '0.5');
  expect(query().has('products')).toBe(false);
  store.asTable.value = true;
  await soon(() => expect(store.trace.value?.products).not.toBeNull());
  expect(asked('/api/trace').length).toBe(before + 2);
  store.asTable.value = false;
});

test('an edit cancels the pending explanations, and no old number is shown as new', async () => {
  await open('two-layers');
  press('End');
  wire.hold = /^\/api\/explanations/;
  const before = asked('/api/explanations').length;
  fireEvent.click(part('fc_2.output[0,0]'));
  await soon(() => expect(asked('/api/explanations').length).toBe(before + 1));
  const [old] = asked('/api/explanations').slice(-1);
  fireEvent.input(field('w 1 1 of layer 2'), { target: { value: '-3' } });
  await settled();
  await soon(() => expect(old?.aborted()).toBe(true));
  wire.release();
  await soon(() => expect(results().get('fc_2.output[0,0]')).toBe(numbersShown().get('fc_2.output[0,0]')));
});

test('while new formulas are awaited the last ones stay, with the subject that they belong to', async () => {
  await open('two-layers');
  press('End');
  const ref = 'fc_2.output[0,0]';
  fireEvent.click(part(ref));
  await soon(() => expect(attention.inspected.value?.explanations.get(ref)).toBeTruthy());
  const before = attention.inspected.value;
  wire.hold = /^\/api\/explanations/;
  fireEvent.input(field('w 1 1 of layer 2'), { target: { value: '-2' } });
  await settled();
  // The subject is shown again without its formulas, because these take long.
  await soon(() => expect(attention.inspected.value).not.toBe(before));
  expect(attention.inspected.value?.explanations.get(ref)).toBe(before?.explanations.get(ref));
  expect(document.querySelector('.inspector math')).not.toBeNull();
  wire.release();
  await soon(() => expect(results().get(ref)).toBe(numbersShown().get(ref)));
  expect(attention.inspected.value?.explanations.get(ref)).not.toBe(before?.explanations.get(ref));
});

test('the gradient flow is requested once the gradients are known, and not before', async () => {
  await open('two-layers');
  const flows = () => asked('/api/gradient-flow').length;
  const before = flows();
  const stop = flow.keepFlow();
  for (let steps = 0; !flow.isKnown.value; steps++) {
    expect([steps, flows()]).toEqual([steps, before]);
    press('ArrowRight');
  }
  expect(phaseAt(store.trace.value?.stages ?? [], store.cursor.value)).toBe('backward');
  await soon(() => expect(flow.shown.value?.of).toBe(store.trace.value));
  expect(flows()).toBe(before + 1);
  press('End');
  expect(flows()).toBe(before + 1);
  stop();
});

test('a number is 0 by rounding according to its own training step, also for a moment after an edit', async () => {
  await open('two-layers');
  press('End');
  fireEvent.click(part('relu_1.output[0,0]'));
  store.notation.value = 'paths';
  const marks = () => inspector().querySelectorAll('.paths .rounding').length;
  const factor = () => inspector().querySelector<HTMLElement>('.paths .factor [data-ref]')?.dataset.ref ?? '';
  await soon(() => expect(factor()).not.toBe(''));
  expect(marks()).toBe(0);
  const [ref, last] = [factor(), wire.asked.length];
  wire.change = (path, answer) => (path.startsWith('/api/trace') ? { ...answer, rounding: [ref] } : answer);
  wire.hold = /^\/api\/(explanations|steps)/;
  fireEvent.input(field('b 1 of layer 2'), { target: { value: '0.61' } });
  await settled();
  await soon(() => expect(wire.asked.slice(last).some(({ path }) => path === '/api/explanations')).toBe(true));
  // It is marked where the newest step is shown, but not in the paths of the previous one.
  expect(store.trace.value?.rounding).toEqual([ref]);
  expect(marks()).toBe(0);
  wire.release();
  await soon(() => expect(marks()).toBeGreaterThan(0));
  wire.change = null;
  store.notation.value = 'scalar';
});

test('a sentence marks the zeros by rounding of its own training step', async () => {
  await open('two-layers');
  press('ArrowRight');
  const markedRef = () =>
    document.querySelector<HTMLElement>('.sentence .sentence-number .number[data-ref]')?.dataset.ref ?? '';
  await soon(() => expect(markedRef()).not.toBe(''));
  const ref = markedRef();
  const marks = () => document.querySelectorAll('.sentence .rounding').length;
  expect(marks()).toBe(0);
  wire.change = (path, answer) => (path.startsWith('/api/trace') ? { ...answer, rounding: [ref] } : answer);
  wire.hold = /^\/api\/steps/;
  fireEvent.input(field('w 1 1 of layer 1'), { target: { value: '0.3' } });
  await settled();
  expect(store.trace.value?.rounding).toEqual([ref]);
  expect(marks()).toBe(0);
  wire.release();
  await soon(() => expect(marks()).toBeGreaterThan(0));
  wire.change = null;
});

test('the current subject is requested, after any number of others', async () => {
  await open('two-layers');
  press('End');
  await soon(() => expect(inspector().getAttribute('aria-busy')).toBe('false'));
  wire.hold = /^\/api\/explanations/;
  const before = asked('/api/explanations').length;
  const refs = ['fc_1.output[0,0]', 'fc_1.output[0,1]', 'fc_2.output[0,1]', 'fc_2.output[0,0]'];
  for (const ref of refs) fireEvent.click(part(ref));
  wire.release();
  await soon(() => expect(results().has('fc_2.output[0,0]')).toBe(true));
  expect(asked('/api/explanations').length - before).toBeLessThan(refs.length);
});

test('known answers are not requested again', async () => {
  await open('chapter');
  press('End');
  fireEvent.click(part('fc_1.output[0,0]'));
  await soon(() => expect(results().has('fc_1.output[0,0]')).toBe(true));
  fireEvent.click(part('fc_1.output[0,1]'));
  await soon(() => expect(results().has('fc_1.output[0,1]')).toBe(true));
  const before = asked('/api/explanations').length;
  fireEvent.click(part('fc_1.output[0,0]'));
  await soon(() => expect(results().has('fc_1.output[0,0]')).toBe(true));
  expect(asked('/api/explanations').length).toBe(before);
});

test('an unreachable server is reported once, asked less and less often, and from the first pause again', async () => {
  await open('chapter');
  const pauses: number[] = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    for (let time = 0; time < 2; time++) {
      wire.cut = true;
      fireEvent.input(field('w 1 1 of layer 1'), { target: { value: `0.${time + 3}` } });
      await vi.waitFor(() => expect(store.requestError.value?.kind).toBe('unreachable'));
      const tries = asked('/api/trace').length;
      let waited = 0;
      for (let n = 1; n <= 3; n++) {
        while (asked('/api/trace').length < tries + n) {
          await vi.advanceTimersByTimeAsync(250);
          waited += 250;
          expect(waited).toBeLessThan(60_000);
        }
        pauses.push(waited);
        waited = 0;
      }
      expect(screen.getAllByText(/server cannot be reached/i)).toHaveLength(1);
      wire.cut = false;
      while (store.requestError.value) await vi.advanceTimersByTimeAsync(250);
    }
  } finally {
    wire.cut = false;
    vi.useRealTimers();
  }
  await settled();
  expect(screen.queryByText(/server cannot be reached/i)).toBeNull();
  // The pauses double, and the second absence starts with the shortest.
  const [a = 0, b = 0, c = 0, ...again] = pauses;
  expect(b).toBeGreaterThan(1.5 * a);
  expect(c).toBeGreaterThan(1.5 * b);
  expect(again[0]).toBeLessThan(1.5 * a);
});

test('while the server is unreachable no step is taken in a picture of another network', async () => {
  await open('chapter');
  wire.cut = true;
  fireEvent.input(field('w 1 1 of layer 1'), { target: { value: '0.9' } });
  await soon(() => expect(store.requestError.value?.kind).toBe('unreachable'));
  press('ArrowRight');
  expect(store.cursor.value).toBe(0);
  wire.cut = false;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await settled();
  press('ArrowRight');
  expect(store.cursor.value).toBe(3);
  await soon(() => expect(numbersShown().get('fc_1.output[0,0]')).toBeCloseTo(0.1 * 0.9 + 0.5 * 0.25 + 0.35, 12));
});

test('the document is sent once, and later requests send its hash', async () => {
  await open('xor');
  const from = wire.asked.length;
  press('End');
  fireEvent.click(part('fc_2.output[0,0]'));
  await soon(() => expect(wire.asked.slice(from).some(({ path }) => path.startsWith('/api/explanations'))).toBe(true));
  for (const { body } of wire.asked.slice(from)) {
    expect(Object.keys((body as { document: object }).document)).toEqual(['hash']);
  }
  await type('w 1 1 of layer 1', '0.25');
  expect(
    wire.asked.filter(({ path, body }) => path.startsWith('/api/trace') && 'layers' in (body as object)).length,
  ).toBeGreaterThan(0);
});
