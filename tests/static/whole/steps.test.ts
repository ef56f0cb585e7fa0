/** Stepping: every step of every grain, forward and back, with its sentence, its marks and its known numbers. */

import { fireEvent, screen } from '@testing-library/preact';
import { expect, test } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import * as store from '@/state/store';
import { button, numbersShown, open, part, press, sentence, soon, withPage } from './page';

const wire = withPage();

interface Told {
  start: number;
  cursor: number;
  sentence: string;
  refs: string[];
}

const told = async (document: NetworkDocument, by: string): Promise<Told[]> =>
  (await wire.ask<{ steps: Told[] }>('/api/steps', { document, by, limit: 200 })).steps;

/** The page's sentence in text form has all words and numbers of the service's, in the same order. */
function says(spoken: string, written: string): void {
  const pieces = (text: string): string[] => text.match(/−?\d+\.\d+|\b[a-z]{4,}\b/g) ?? [];
  const heard = pieces(spoken);
  let at = 0;
  for (const piece of pieces(written)) {
    at = heard.indexOf(piece, at) + 1;
    expect(at, `“${spoken}” without “${piece}” of “${written}”`).toBeGreaterThan(0);
  }
}

const GRAINS = ['pass', 'layer', 'node', 'term'] as const;

test.each(GRAINS)('every %s of a training step has the sentence of the service, forward and back', async (by) => {
  const steps = await told(await open('two-layers'), by);
  press(String(GRAINS.indexOf(by) + 1));
  expect(store.grain.value).toBe(by);
  const ends = steps.map(({ cursor }) => cursor);
  for (const step of steps) {
    press('ArrowRight');
    expect(store.cursor.value).toBe(step.cursor);
    await soon(() => says(sentence(), step.sentence));
  }
  // At the end another step is the next training step; at the start there is none back.
  press('ArrowLeft', steps.length);
  expect(store.cursor.value).toBe(0);
  press('End');
  expect(store.cursor.value).toBe(ends.at(-1));
  press('Home');
  expect(store.cursor.value).toBe(0);
});

test('within a step of a larger grain one step back is its start, and one step forward its end', async () => {
  const network = await open('chapter');
  const [terms, nodes] = [await told(network, 'term'), await told(network, 'node')];
  let middles = 0;
  for (const { cursor } of terms) {
    const around = nodes.find(({ start, cursor: end }) => start < cursor && cursor < end);
    if (!around) continue;
    middles += 1;
    for (const [key, end] of [
      ['ArrowLeft', around.start],
      ['ArrowRight', around.cursor],
    ] as const) {
      press('4');
      press('Home');
      press('ArrowRight', terms.findIndex((term) => term.cursor === cursor) + 1);
      press('3');
      press(key);
      expect(store.cursor.value, `${key} from ${cursor}`).toBe(end);
    }
  }
  expect(middles).toBeGreaterThan(5);
});

test('the picture shows the computed numbers, and none of later steps', async () => {
  const network = await open('two-layers');
  const trace = await wire.ask<{ tensors: Record<string, unknown> }>('/api/trace', network);
  const value = (ref: string): unknown => {
    const [, name = '', index = ''] = /^(.*?)\[(.*)\]$/.exec(ref) ?? [];
    return index.split(',').reduce<unknown>((at, place) => (at as unknown[])[Number(place)], trace.tensors[name]);
  };
  const computed = new Set<string>();
  for (const { refs } of await told(network, 'node')) {
    press('ArrowRight');
    for (const ref of refs) computed.add(ref);
    for (const [ref, shown] of numbersShown()) {
      if (ref === 'loss') continue;
      expect(shown, ref).toBe(value(ref));
      if (/\.output|grad|next/.test(ref)) expect(computed, `${ref} is shown too early`).toContain(ref);
    }
  }
  expect([...numbersShown().keys()].filter((ref) => ref.includes('.output')).length).toBeGreaterThan(3);
});

test('the parts of a step are marked in the picture, and no others', async () => {
  const steps = await told(await open('two-layers'), 'node');
  let marks = 0;
  for (const { refs } of steps) {
    press('ArrowRight');
    const parts = refs.filter((ref) => /^(?:fc|relu)_\d\.output\[/.test(ref)).map((ref) => part(ref));
    for (const one of parts) expect(one.classList.contains('current')).toBe(true);
    const all = document.querySelectorAll('.diagram .node.current');
    if (parts.length > 0) expect([...all]).toEqual(parts);
    marks += parts.length;
  }
  expect(marks).toBeGreaterThan(3);
});

test('buttons step as keys do, and are disabled where there is no step', async () => {
  await open('chapter');
  const back = () => button(/^One step back/);
  expect(back().getAttribute('aria-disabled')).toBe('true');
  fireEvent.click(screen.getByRole('button', { name: /^Take the first step/ }));
  expect(store.cursor.value).toBe(3);
  expect(back().getAttribute('aria-disabled')).toBe('false');
  fireEvent.click(back());
  expect(store.cursor.value).toBe(0);
  fireEvent.click(button(/^To the end/));
  expect(button(/^To the end/).getAttribute('aria-disabled')).toBe('true');
});

test('at the end of a training step the next starts with the updated weights, and back leads to its end', async () => {
  await open('chapter');
  press('End');
  const next = numbersShown();
  press('ArrowRight');
  await soon(() => expect(store.trainingStep.value).toBe(2));
  await soon(() => expect(store.trace.value?.step ?? 0).toBeGreaterThan(0));
  expect(store.cursor.value).toBe(0);
  const updated = [...next].filter(([ref]) => ref.includes('.next'));
  expect(updated.length).toBeGreaterThan(0);
  await soon(() => {
    for (const [ref, value] of updated) expect(numbersShown().get(ref.replace('.next', '')), ref).toBe(value);
  });
  press('ArrowLeft');
  await soon(() => expect(store.trainingStep.value).toBe(1));
  await soon(() => expect(button(/^To the end/).getAttribute('aria-disabled')).toBe('true'));
});

test('a selected part stays in the inspector during steps, and Escape lets it follow them again', async () => {
  await open('two-layers');
  press('ArrowRight', 3);
  fireEvent.click(part('fc_1.output[0,1]'));
  await soon(() => expect(document.querySelector('.inspector .eyebrow')?.textContent).toBe('Selected'));
  const subject = () => document.querySelector('.inspector h3')?.textContent;
  const chosen = subject();
  press('ArrowRight', 2);
  expect(subject()).toBe(chosen);
  press('Escape');
  await soon(() => expect(document.querySelector('.inspector .eyebrow')?.textContent).toBe('This step'));
  await soon(() => expect(subject()).not.toBe(chosen));
});
