/** From training step to training step: the result of an update is the start of the next step, in both directions. */

import { fireEvent, screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import { getAt } from '@/model/json';
import { atEnd } from '@/state/moves';
import { openFile } from '@/state/opening';
import * as store from '@/state/store';
import { button, numbersShown, open, press, sentence, settled, soon, status, type, withPage } from './page';

const wire = withPage();

const network = (): NetworkDocument => store.network.value as NetworkDocument;
const weight = (document = network()): unknown => getAt(document, '/layers/0/w/0/1');
const timeline = () => within(screen.getByRole('region', { name: 'Timeline' }));
const note = (): string => timeline().getByRole('alert').textContent ?? '';
const field = () => timeline().getByRole('textbox', { name: /^Training step/ }) as HTMLInputElement;

interface Advanced {
  document: NetworkDocument;
  hashes: string[];
  stopped: { step: number } | null;
}
/** The document after a number of training steps, from the service. */
const advanced = (document: NetworkDocument, steps: number): Promise<Advanced> =>
  wire.ask('/api/advance', { document, steps });

async function isStep(step: number): Promise<void> {
  await soon(() => expect([store.trainingStep.value, field().value.replace(',', '')]).toEqual([step, String(step)]));
  await settled();
}

function typed(text: string): void {
  fireEvent.focusIn(field());
  fireEvent.input(field(), { target: { value: text } });
  fireEvent.keyDown(field(), { key: 'Enter' });
}

async function goTo(step: number): Promise<void> {
  typed(String(step));
  await isStep(step);
  fireEvent.focusOut(field());
}

test.each([
  ['chapter', '3'],
  ['batch-of-three', '2'],
])('three training steps of %s in grain %s and back give the same numbers and sentences', async (slug, grain) => {
  await open(slug);
  press(grain);
  const look = async () => {
    await soon(() => expect(status().getAttribute('aria-busy')).toBe('false'));
    return [store.trainingStep.value, store.cursor.value, Object.fromEntries(numbersShown()), sentence()] as const;
  };
  const seen = [await look()];
  while (seen.length < 300) {
    const [step, cursor] = [store.trainingStep.value, store.cursor.value];
    if (step === 3 && atEnd.value) break;
    press('ArrowRight');
    await soon(() => expect([store.trainingStep.value, store.cursor.value]).not.toEqual([step, cursor]));
    await settled();
    seen.push(await look());
  }
  expect(new Set(seen.map(([step]) => step))).toEqual(new Set([1, 2, 3]));
  expect(new Set(seen.map((one) => JSON.stringify(one[2]))).size).toBeGreaterThan(seen.length / 3);
  for (const before of seen.toReversed().slice(1)) {
    press('ArrowLeft');
    await soon(() => expect([store.trainingStep.value, store.cursor.value]).toEqual(before.slice(0, 2)));
    await settled();
    expect(await look()).toEqual(before);
  }
  press('ArrowLeft');
  expect([store.trainingStep.value, store.cursor.value]).toEqual([1, 0]);
});

test('before the first training step there is no message', async () => {
  await open('chapter');
  for (const key of ['ArrowLeft', 'N', 'Home']) press(key);
  fireEvent.click(button(/^One step back/));
  expect([note(), store.trainingStep.value, store.cursor.value]).toEqual(['', 1, 0]);
});

test('a key pressed while the next training step is pending counts', async () => {
  await open('chapter');
  press('1');
  press('ArrowRight', 4 + 1 + 4 + 1 + 2);
  await isStep(3);
  const slider = () => Number((screen.getByRole('slider') as HTMLInputElement).value);
  await soon(() => expect(slider()).toBe(2));
  press('ArrowLeft', 2 + 1 + 4 + 1);
  await isStep(1);
  await soon(() => expect(slider()).toBe(4));
});

test('Home goes to the start of the training step, and from there to the first', async () => {
  await open('chapter');
  await goTo(5);
  press('End');
  press('Home');
  expect([store.trainingStep.value, store.cursor.value]).toEqual([5, 0]);
  fireEvent.click(button(/^Back to training step 1/));
  await isStep(1);
  expect(weight()).toBe(0.2);
});

test('the field leads to any training step within its limits, with the numbers of the service', async () => {
  const document = await open('chapter');
  for (const step of [1500, 1001]) {
    await goTo(step);
    expect(weight()).toBe(weight((await advanced(document, step - 1)).document));
  }
  fireEvent.keyDown(field(), { key: 'ArrowUp' });
  await isStep(1002);
  for (const text of ['0', '-3', '11003', '2.5', 'many', '']) {
    typed(text);
    await soon(() => expect(note()).toContain(`“${text}” is not a training step that can be reached from here.`));
    expect(note()).toContain('Please give a whole number from 1 to 11,002.');
    expect(field().getAttribute('aria-invalid')).toBe('true');
  }
  fireEvent.keyDown(field(), { key: 'Escape' });
  await soon(() => expect(note()).toBe(''));
  await isStep(1002);
  await goTo(11002);
});

test('an edit keeps the number of the training step, and the previous steps belong to other numbers', async () => {
  await open('chapter');
  await goTo(3);
  const third = weight();
  await type('x 1', '0.7');
  await isStep(3);
  press('ArrowLeft');
  await soon(() => expect(note()).toContain('The network was edited in training step 3'));
  await isStep(3);
  press('n');
  await isStep(4);
  expect(note()).toBe('');
  press('N');
  await isStep(3);
  expect(getAt(network(), '/x/0/0')).toBe(0.7);
  press('z', 1, { ctrlKey: true });
  await settled();
  expect([getAt(network(), '/x/0/0'), weight()]).toEqual([0.1, third]);
  press('N');
  await isStep(2);
});

test('a walk is one entry of the history, and a jump another', async () => {
  await open('chapter');
  for (const step of [2, 3, 4]) {
    press('n');
    await isStep(step);
  }
  await goTo(50);
  fireEvent.click(button(/^Undo: training step 4 → 50/));
  await isStep(4);
  fireEvent.click(button(/^Undo: training step 1 → 4/));
  await isStep(1);
  expect(weight()).toBe(0.2);
  press('z', 2, { ctrlKey: true, shiftKey: true });
  await isStep(50);
});

test('numbers that overflow are reported, and the last finite ones stay', async () => {
  const document = { ...(await open('chapter')), optimizer: { type: 'sgd', lr: 50 } } as NetworkDocument;
  const answer = await advanced(document, 10_000);
  const last = answer.hashes.length;
  expect(answer.stopped?.step).toBe(last);
  expect(await openFile(new File([JSON.stringify(document)], 'wild.json'))).toBe(true);
  typed('2000');
  await isStep(last);
  const ended = () => expect(note()).toContain(`It ends at training step ${last}:`);
  await soon(ended);
  expect(note()).toContain('is no longer a finite number there.');
  expect(weight()).toBe(weight(answer.document));
  // It can be inspected, and there is no step forward.
  press('End');
  fireEvent.click(button(/^Next training step/));
  await soon(ended);
  await isStep(last);
  press('N');
  await isStep(last - 1);
});

test('without the server the training step stays', async () => {
  await open('chapter');
  press('End');
  const cursor = store.cursor.value;
  wire.cut = true;
  fireEvent.click(button(/^Next training step/));
  await soon(() => expect(note()).toContain('The server stopped answering at training step 1.'));
  expect(screen.getAllByText(/server cannot be reached/i).length).toBeGreaterThan(0);
  expect([store.trainingStep.value, store.cursor.value]).toEqual([1, cursor]);
  wire.cut = false;
  window.dispatchEvent(new Event('online'));
  await soon(() => expect(note()).toBe(''));
  fireEvent.click(button(/^Next training step/));
  await isStep(2);
});

test('a training step with a different result is reported, and the user can continue', async () => {
  const document = await open('chapter');
  await goTo(5);
  wire.change = (path, answer) => (path.startsWith('/api/trace') ? { ...answer, hash: '0'.repeat(64) } : answer);
  press('N');
  await isStep(4);
  await soon(() => expect(note()).toContain('Training step 4 has other numbers than when it was first computed'));
  wire.change = null;
  fireEvent.click(button('Go on with the new numbers'));
  await soon(() => expect(note()).toBe(''));
  await isStep(4);
  await soon(() => expect(button(/^Undo: training step 4 computed again/)).toBeTruthy());
  press('n');
  await isStep(5);
  expect(weight()).toBe(weight((await advanced(document, 4)).document));
});
