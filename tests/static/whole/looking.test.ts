/** Different views of a network: the ones that follow the step, stored ones, comparisons, checks and requests. */

import { fireEvent } from '@testing-library/preact';
import { expect, test, vi } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import * as attention from '@/state/attention';
import { checked } from '@/state/checking';
import { comparing, pinned, toggleComparing, unpin } from '@/state/compare';
import * as flow from '@/state/flow';
import { columns, opened, setFace, toggleColumn, updating } from '@/state/maps';
import { follow, select, toEnd } from '@/state/moves';
import { edit, showSample } from '@/state/network';
import { openLink } from '@/state/opening';
import * as store from '@/state/store';
import { step as stepTold } from '@/state/telling';
import { goToTrainingStep } from '@/state/training';
import { view } from '@/state/view';
import { note, unfinished } from '@/state/walking';
import { field, link, numbersShown, open, part, press, settled, soon, state, type, withPage } from './page';

const wire = withPage();

const one = <Found extends Element = HTMLElement>(selector: string) => document.querySelector<Found>(selector) as Found;
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const asked = (path: string) => wire.asked.filter((each) => each.path.startsWith(path));
const undo = () => press('z', 1, { ctrlKey: true });

test('each press for the next training step counts, and none if it could not be reached', async () => {
  await open('chapter');
  wire.hold = /^\/api\/(advance|trace)/;
  press('n', 3);
  wire.release();
  await soon(() => expect(store.trainingStep.value).toBe(4));
  await settled();
  wire.cut = true;
  press('n');
  press('ArrowRight', 2);
  await soon(() => expect(note.value?.kind).toBe('gone'));
  wire.cut = false;
  expect([store.trainingStep.value, store.cursor.value]).toEqual([4, 0]);
  window.dispatchEvent(new Event('online'));
  await soon(() => expect(note.value).toBeNull());
});

test('undo cancels the pending training step', async () => {
  await open('chapter');
  await type('w 1 1 of layer 1', '0.5');
  wire.hold = /^\/api\/advance/;
  press('n');
  await soon(() => expect(asked('/api/advance').at(-1)?.aborted()).toBe(false));
  const asking = asked('/api/advance').at(-1);
  undo();
  expect(asking?.aborted()).toBe(true);
  wire.release();
  await settled();
  expect(store.trainingStep.value).toBe(1);
});

test('a missing previous training step is reported until the next step', async () => {
  await open('chapter');
  press('n');
  await soon(() => expect(store.trainingStep.value).toBe(2));
  await type('x 1', '0.7');
  press('ArrowLeft');
  await soon(() => expect(note.value?.kind).toBe('begins'));
  press('ArrowRight');
  expect(note.value).toBeNull();
  expect(store.cursor.value).toBeGreaterThan(0);
});

test('if the way of a link cannot be computed there is nothing left to finish', async () => {
  const document = await open('chapter');
  await goToTrainingStep(5);
  await settled();
  const fifth = store.network.value as NetworkDocument;
  const payload = await link(state(fifth, { step: 5, start: { step: 1, document } }));
  expect(await openLink(payload)).toBe(true);
  await settled();
  wire.cut = true;
  expect(await goToTrainingStep(2)).toBe(false);
  expect([store.trainingStep.value, note.value?.kind, unfinished.value]).toEqual([5, 'gone', null]);
  wire.cut = false;
  window.dispatchEvent(new Event('online'));
  await soon(() => expect(note.value).toBeNull());
  expect(await goToTrainingStep(2)).toBe(true);
});

test('sentences are requested ahead, forward and back, for the displayed sample', async () => {
  await open('xor');
  press('4');
  await showSample(2);
  await settled();
  press('End');
  await soon(() => expect(stepTold.value).not.toBeNull());
  const steps = () => asked('/api/steps');
  expect(steps().at(-1)?.body).toMatchObject({ by: 'term', sample: 2 });
  const last = steps().length;
  // Long before the first requested one.
  const first = () => (steps().at(-1)?.body as { from: number } | undefined)?.from ?? 0;
  const from = first();
  const number = () => stepTold.value?.number ?? 0;
  while (number() > from + 2) {
    press('ArrowLeft');
    await soon(() => expect(stepTold.value).not.toBeNull());
  }
  await soon(() => expect(steps().length).toBeGreaterThan(last));
  expect(first()).toBeLessThan(from);
});

test('a formula stays until the next has arrived; a known one is shown at once', async () => {
  await open('two-layers');
  press('End');
  const refs = ['fc_1.output[0,0]', 'fc_1.output[0,1]'] as const;
  const shown = () => attention.inspected.value?.subject.quantities[0]?.ref;
  for (const ref of [...refs, refs[0]]) {
    select(ref);
    await soon(() => expect(attention.inspected.value?.explanations.has(ref)).toBe(true));
  }
  // Longer than between two requests.
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 300);
  const before = shown();
  select(refs[1]);
  expect(shown()).not.toBe(before);
  clock.mockRestore();
  wire.hold = /^\/api\/explanations/;
  await edit('/layers/0/w/0/0', 0.9);
  await settled();
  await new Promise((done) => setTimeout(done, 700));
  expect(attention.inspected.value?.explanations.has(refs[1])).toBe(true);
  wire.release();
  await soon(() =>
    expect(attention.inspected.value?.explanations.get(refs[1])?.value).toBe(numbersShown().get(refs[1])),
  );
});

test('each entry of the path through the numbers links to itself', async () => {
  await open('two-layers');
  press('End');
  select('fc_2.output[0,0]');
  for (const ref of ['relu_1.output[0,0]', 'fc_1.output[0,0]']) follow(ref);
  await soon(() => expect(all('.trail .crumb')).toHaveLength(3));
  fireEvent.click(all('.trail .crumb')[1] as HTMLElement);
  expect(attention.selectionPath.value).toEqual(['fc_2.output[0,0]', 'relu_1.output[0,0]']);
  await soon(() =>
    expect(all('.trail .crumb').map((each) => each.getAttribute('aria-current'))).toEqual([null, 'location']),
  );
  fireEvent.click(all('.trail .crumb')[0] as HTMLElement);
  expect(attention.selectionPath.value).toEqual(['fc_2.output[0,0]']);
});

test('a check belongs to its numbers, and after an edit the same key starts another', async () => {
  await open('chapter');
  press('End');
  select('fc_1.w[0,0]');
  await soon(() => expect(one('.numeric-check')).toBeTruthy());
  press('c');
  await soon(() => expect(checked.value?.state).toBe('found'));
  const isOpen = () => one('.numeric-check button').getAttribute('aria-expanded');
  await soon(() => expect(isOpen()).toBe('true'));
  await edit('/layers/0/w/0/1', 0.9);
  await settled();
  await soon(() => expect(isOpen()).toBe('false'));
  expect(all('.numeric-verdict')).toEqual([]);
  press('c');
  await soon(() => expect([checked.value?.state, checked.value?.of === store.trace.value]).toEqual(['found', true]));
  await soon(() => expect(isOpen()).toBe('true'));
  press('c');
  expect(checked.value).toBeNull();
});

test('only differences from a pinned moment are marked; without one nothing is compared', async () => {
  unpin();
  await open('chapter');
  toggleComparing();
  expect(comparing.value).toBe(false);
  press('p');
  expect(pinned.value?.trace).toBe(store.trace.value);
  await edit('/layers/0/w/0/0', 0.9);
  await settled();
  await soon(() => expect(one('[data-difference="fc_1.w[0,0]"]')).toBeTruthy());
  const cells = () => [...one('[data-difference="fc_1.w[0,0]"]').querySelectorAll('td')];
  expect(cells().map(({ textContent }) => textContent)).toEqual(['0.150000', '0.900000', '+0.750000']);
  expect(cells()[2]?.className).toBe('more');
  await edit('/layers/0/w/0/0', 0.1);
  await settled();
  await soon(() => expect(cells().map(({ className }) => className)).toEqual(['', '', 'less']));
  press('p');
  expect([comparing.value, pinned.value === null]).toEqual([false, false]);
  unpin();
});

test('the gradient flow is requested when gradients are computed', async () => {
  await open('two-layers');
  if (!flow.open.value) flow.toggle();
  await soon(() => expect(one('#flow-body')).toBeTruthy());
  const before = asked('/api/gradient-flow').length;
  press('ArrowRight', 3);
  await settled();
  expect(asked('/api/gradient-flow').length).toBe(before);
  toEnd();
  await soon(() => expect(flow.shown.value?.of).toBe(store.trace.value));
  expect(asked('/api/gradient-flow').length).toBe(before + 1);
  flow.toggle();
});

test('another optimizer keeps the learning rate', async () => {
  await open('chapter');
  await type('Learning rate', '0.03');
  const menu = all('.build .training select')[1] as HTMLSelectElement;
  fireEvent.change(menu, { target: { value: 'adam' } });
  await settled();
  expect(store.network.value?.optimizer).toMatchObject({ type: 'adam', lr: 0.03 });
  expect(field('Learning rate').value).toBe('0.03');
});

test('columns of maps open and close, and filters show updated weights only if all follow the step', async () => {
  await open('convolution');
  const id = columns.value[1]?.id ?? '';
  toggleColumn(id);
  expect([...opened.value]).toEqual([id]);
  toggleColumn(id);
  expect([...opened.value]).toEqual([]);
  toEnd();
  expect([store.phase.value, updating.value]).toEqual(['update', true]);
  for (const face of ['value', 'gradient'] as const) {
    setFace(face);
    expect(updating.value).toBe(false);
  }
  setFace('step');
});

test('a head shows the sort order of the check, and keys there require a focused row', async () => {
  await open('chapter');
  view.value = 'check';
  await soon(() => expect(all('.table-frame tr[data-row]').length).toBeGreaterThan(3));
  const head = () => one('.table-frame th.relative_error');
  const errors = () => all('.table-frame td.relative_error .number').map(({ dataset }) => Number(dataset.value));
  fireEvent.click(head().querySelector('button') as HTMLElement);
  await soon(() => expect(head().getAttribute('aria-sort')).toBeTruthy());
  for (let n = 0; n < 2; n++) {
    const descending = head().getAttribute('aria-sort') === 'descending';
    const sorted = errors().toSorted((a, b) => (descending ? b - a : a - b));
    await soon(() => expect(errors()).toEqual(sorted));
    fireEvent.click(head().querySelector('button') as HTMLElement);
    await soon(() => expect(head().getAttribute('aria-sort')).toBe(descending ? 'ascending' : 'descending'));
  }
  const event = new KeyboardEvent('keydown', { key: 'End', bubbles: true, cancelable: true });
  fireEvent(one('.table-frame tbody'), event);
  expect(event.defaultPrevented).toBe(false);
  expect(document.activeElement?.closest('tr')).toBeFalsy();
  view.value = 'diagram';
  expect(part('fc_1.output[0,0]')).toBeTruthy();
});
