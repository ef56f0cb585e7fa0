/** Editing: the effect of a typed number on picture, cursor and history, and the handling of an invalid one. */

import { fireEvent, screen } from '@testing-library/preact';
import { expect, test } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import { getAt } from '@/model/json';
import * as attention from '@/state/attention';
import { open as bring, edit } from '@/state/network';
import * as store from '@/state/store';
import { button, field, numbersShown, open, part, press, settled, soon, type, withPage } from './page';

const wire = withPage();

const WEIGHT = 'w 1 1 of layer 1';
const weight = (): unknown => getAt(store.network.value as NetworkDocument, '/layers/0/w/0/0');
const traces = (): number => wire.asked.filter(({ path }) => path.startsWith('/api/trace')).length;
const undo = () => press('z', 1, { ctrlKey: true });
const redo = () => press('z', 1, { ctrlKey: true, shiftKey: true });

/** The answer of the service for the network in the panel, independent of the page. */
async function truth(ref: string): Promise<unknown> {
  const [, name = '', index = ''] = /^(.*?)\[(.*)\]$/.exec(ref) ?? [];
  const { tensors } = await wire.ask<{ tensors: Record<string, unknown> }>('/api/trace', store.network.value);
  return index.split(',').reduce<unknown>((at, place) => (at as unknown[])[Number(place)], tensors[name]);
}

test('a typed number changes the network, and the picture shows its consequences', async () => {
  await open('chapter');
  press('End');
  const before = numbersShown();
  await type(WEIGHT, '-0.75');
  expect(weight()).toBe(-0.75);
  const after = numbersShown();
  expect(after.get('fc_1.output[0,0]')).toBe(await truth('fc_1.output[0,0]'));
  expect(after.get('fc_1.output[0,0]')).not.toBe(before.get('fc_1.output[0,0]'));
  // Independent numbers do not change.
  expect(after.get('fc_1.output[0,1]')).toBe(before.get('fc_1.output[0,1]'));
});

test('an edit that keeps the steps keeps the cursor; any other limits it to the end', async () => {
  await open('chapter');
  press('ArrowRight', 4);
  const at = store.cursor.value;
  await type(WEIGHT, '0.5');
  expect(store.cursor.value).toBe(at);
  press('End');
  const end = store.cursor.value;
  fireEvent.click(button('Remove an input'));
  await settled();
  const shorter = store.trace.value?.stages.at(-1);
  expect(shorter && shorter.start + shorter.nodes * shorter.terms).toBeLessThan(end);
  expect(store.cursor.value).toBe(shorter && shorter.start + shorter.nodes * shorter.terms);
});

test('undo and redo move through the changes, by key and button, and keep the view', async () => {
  await open('two-layers');
  press('ArrowRight', 3);
  fireEvent.click(part('relu_1.output[0,0]'));
  const [cursor, trail] = [store.cursor.value, attention.selectionPath.value];
  for (const number of ['0.7', '0.9']) await type(WEIGHT, number);
  undo();
  await settled();
  expect(weight()).toBe(0.7);
  fireEvent.click(button(/^Undo/));
  await settled();
  expect(weight()).toBe(0.2);
  expect(field(WEIGHT).value).toBe('0.2');
  expect([store.cursor.value, attention.selectionPath.value]).toEqual([cursor, trail]);
  redo();
  await settled();
  fireEvent.click(button(/^Redo/));
  await settled();
  expect(weight()).toBe(0.9);
  expect(button('Nothing to redo').getAttribute('aria-disabled')).toBe('true');
});

test('text typed into one field at a time is one entry, and later text is another', async () => {
  await open('two-layers');
  const entries = store.history.value.entries.length;
  const input = field(WEIGHT);
  fireEvent.focusIn(input);
  for (const text of ['1', '1.', '1.2', '1.25']) fireEvent.input(input, { target: { value: text } });
  fireEvent.focusOut(input);
  await settled();
  expect(store.history.value.entries.length).toBe(entries + 1);
  await type(WEIGHT, '1.5');
  expect(store.history.value.entries.length).toBe(entries + 2);
  undo();
  await settled();
  expect(weight()).toBe(1.25);
});

test('going back to another network restores its view', async () => {
  await open('two-layers');
  press('ArrowRight', 5);
  const cursor = store.cursor.value;
  await open('chapter');
  undo();
  await settled();
  expect(store.network.value?.layers.length).toBe(3);
  expect(store.cursor.value).toBe(cursor);
  expect(store.example.value).toBe('two-layers');
});

test('undo to a training step restores its cursor', async () => {
  await open('chapter');
  press('ArrowRight', 4);
  const cursor = store.cursor.value;
  press('n');
  await soon(() => expect(store.trainingStep.value).toBe(2));
  await settled();
  press('End');
  undo();
  await settled();
  expect([store.trainingStep.value, store.cursor.value]).toEqual([1, cursor]);
});

test('invalid text stays in its field with an error, and undo removes it first', async () => {
  await open('chapter');
  const before = store.network.value;
  await type(WEIGHT, 'abc');
  expect(store.network.value).toBe(before);
  expect(field(WEIGHT).value).toBe('abc');
  expect(field(WEIGHT).getAttribute('aria-invalid')).toBe('true');
  undo();
  await soon(() => expect(field(WEIGHT).value).toBe('0.15'));
  expect(store.network.value).toBe(before);
});

test('a refused edit is reverted and reported where it was typed, and a button applies the remedy', async () => {
  await open('chapter');
  const before = store.network.value;
  const input = field('Width of fc_1');
  fireEvent.focusIn(input);
  fireEvent.input(input, { target: { value: '100000' } });
  await soon(() => expect(store.refusal.value).not.toBeNull());
  expect(store.network.value?.layers).toEqual(before?.layers);
  expect(input.value).toBe('100000');
  const { problem } = store.refusal.value ?? {};
  expect(problem?.allowed).toBeGreaterThan(1);
  const message = document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent ?? '';
  expect(message).toContain(problem?.allowed?.toLocaleString('en') ?? '?');
  fireEvent.input(input, { target: { value: '3' } });
  await settled();
  expect(store.refusal.value).toBeNull();
  expect((store.network.value as NetworkDocument).layers[0]).toMatchObject({ output_dim: 3 });
});

test('the remedy of a warning is the edit that the warning carries, for the newest network', async () => {
  const chapter = await open('chapter');
  const loss = { type: 'softmax_cross_entropy', label_smoothing: 0 } as const;
  await bring({ ...chapter, loss, y: [[1, 1]] }, 'brought');
  await settled();
  const way = () => [...document.querySelectorAll<HTMLElement>('.warning button')][0] as HTMLElement;
  await soon(() => expect(way()).toBeTruthy());
  // The click follows an edit that is not answered yet: what counts is the warning about the edited network.
  void edit('/y/0/1', 0.6);
  fireEvent.click(way());
  await soon(() => expect(store.trace.value?.warnings).toEqual([]));
  expect(store.network.value?.y).toEqual([[1 / 1.6, 0.6 / 1.6]]);
});

test('while answers are slow, many edits cause a single further request, and the last edit is shown', async () => {
  await open('chapter');
  press('End');
  const before = traces();
  wire.hold = /^\/api\/trace/;
  const input = field(WEIGHT);
  for (const text of ['1', '2', '3', '4', '5']) fireEvent.input(input, { target: { value: text } });
  await soon(() => expect(traces()).toBe(before + 1));
  wire.release();
  await settled();
  expect(traces()).toBe(before + 2);
  expect(weight()).toBe(5);
  expect(numbersShown().get('fc_1.output[0,0]')).toBe(await truth('fc_1.output[0,0]'));
});

test('an edited network is not the example any more, and is again after undo', async () => {
  await open('chapter');
  const menu = screen.getByLabelText('Example') as HTMLSelectElement;
  expect(menu.value).toBe('chapter');
  await type(WEIGHT, '0.5');
  expect(menu.value).toBe('');
  undo();
  await settled();
  expect(menu.value).toBe('chapter');
});

test('the menu of a layer has the focus as soon as it is there', async () => {
  await open('two-layers');
  // Not with fireEvent, which also waits for what is done after the next frame.
  document.querySelector<HTMLElement>('[data-layer="relu_1"] .dots')?.click();
  const menu = (): Element | null => document.querySelector('.layer-menu');
  for (let turn = 0; turn < 20 && !menu(); turn++) await Promise.resolve();
  expect(menu()?.contains(document.activeElement)).toBe(true);
});
