/** Losses without targets, the output itself and a given gradient, and networks without y: in all actions of a user. */

import { fireEvent } from '@testing-library/preact';
import { expect, test } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import type { SharedState } from '@/model/shared-state';
import { openFile, openLink } from '@/state/opening';
import { shared } from '@/state/sharing';
import * as store from '@/state/store';
import { button, field, link, numbersShown, open, press, sentence, settled, soon, type, withPage } from './page';

const wire = withPage();

const network = () => store.network.value as NetworkDocument;
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const fields = (label: RegExp) => all('.build input').filter((one) => label.test(one.getAttribute('aria-label') ?? ''));
const undo = () => press('z', 1, { ctrlKey: true });

async function judgeBy(loss: string): Promise<void> {
  const [menu] = all('.build .training select') as [HTMLSelectElement];
  fireEvent.pointerDown(menu);
  fireEvent.change(menu, { target: { value: loss } });
  await soon(() => expect(network().loss.type).toBe(loss));
  await settled();
}

/** The numbers of the picture at the end of the training step are those of the service. */
async function areOfTheService(): Promise<void> {
  press('End');
  const { tensors } = await wire.ask<{ tensors: Record<string, unknown> }>('/api/trace', network());
  let compared = 0;
  for (const [ref, shown] of numbersShown()) {
    const [, name = '', index = ''] = /^(fc_\d.*|y)\[(.*)\]$/.exec(ref) ?? [];
    if (!name || /one/.test(name)) continue;
    expect(shown, ref).toBe(index.split(',').reduce<unknown>((at, n) => (at as unknown[])[Number(n)], tensors[name]));
    compared += 1;
  }
  expect(compared).toBeGreaterThan(5);
}

/** A network that never had targets. */
async function openWithout(loss: NetworkDocument['loss']): Promise<void> {
  const { y: _, ...rest } = await open('batch-of-three');
  expect(await openFile(new File([JSON.stringify({ ...rest, loss })], 'without.json'))).toBe(true);
  await settled();
  expect([network().y, network().loss.type]).toEqual([undefined, loss.type]);
}

test('a loss without targets and back: meanwhile no target is drawn or compared, and none is lost', async () => {
  const before = await open('batch-of-three');
  for (const loss of ['output', 'given_gradient', 'output', 'half_squared_error']) {
    await judgeBy(loss);
    expect(network().y).toEqual(before.y);
    const targets = loss === 'half_squared_error' ? 2 : 0;
    expect(all('.diagram .truth')).toHaveLength(targets);
    await areOfTheService();
    expect([...numbersShown().keys()].filter((ref) => ref.startsWith('y['))).toHaveLength(targets);
  }
  expect(network()).toEqual(before);
  for (const loss of ['output', 'given_gradient', 'output', 'half_squared_error']) {
    undo();
    await settled();
    expect(network().loss.type).toBe(loss);
  }
});

test('each step of a loss without targets has its sentence, and its gradient is the typed one', async () => {
  await openWithout({ type: 'output' });
  expect(sentence()).not.toMatch(/target|truth|compar/i);
  while (store.phase.value !== 'update') {
    const { value } = store.cursor;
    press('ArrowRight');
    await soon(() => expect(sentence()).not.toBe(''));
    expect(store.cursor.value).toBeGreaterThan(value);
  }
  await areOfTheService();
  expect(numbersShown().get('fc_2.output.grad[0,1]')).toBe(1);
  await judgeBy('given_gradient');
  expect(fields(/^g \d in sample/)).toHaveLength(6);
  await type('g 2 in sample 1', '-0.75');
  await areOfTheService();
  expect(numbersShown().get('fc_2.output.grad[0,1]')).toBe(-0.75);
  fireEvent.click(all('.diagram [data-part=loss]')[0] as HTMLElement);
  await soon(() => expect(all('.inspector .result').length).toBeGreaterThan(0));
  expect(all('.inspector [role=alert]').map(({ textContent }) => textContent)).toEqual(['']);
});

test('samples and outputs can be added and removed without targets, and a given gradient adapts', async () => {
  await openWithout({
    type: 'given_gradient',
    gradient: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  } as never);
  expect(fields(/^y/)).toEqual([]);
  const gradient = () => (network().loss as { gradient?: number[][] }).gradient;
  fireEvent.click(button('+ sample'));
  await settled();
  expect([network().x?.length, network().y, gradient()?.length]).toEqual([4, undefined, 4]);
  expect(gradient()?.slice(0, 3)).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  fireEvent.click(button('− sample'));
  await settled();
  fireEvent.input(field('Width of fc_2'), { target: { value: '3' } });
  await settled();
  expect([network().y, gradient()?.map((row) => row.length)]).toEqual([undefined, [3, 3, 3]]);
  await areOfTheService();
  for (let n = 0; n < 3; n++) {
    undo();
    await settled();
  }
  expect([network().x?.length, gradient()]).toEqual([
    3,
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  ]);
});

test('a loss that needs targets creates missing ones, says so, and undo removes them', async () => {
  await openWithout({ type: 'output' });
  await judgeBy('half_squared_error');
  expect(network().y?.map((row) => (row as number[]).length)).toEqual([2, 2, 2]);
  expect(store.fitted.value.map(({ where }) => where)).toContain('/y');
  await soon(() => expect(fields(/^y/)).toHaveLength(6));
  await areOfTheService();
  undo();
  await settled();
  expect([network().y, network().loss.type]).toEqual([undefined, 'output']);
  expect(all('.diagram .truth')).toEqual([]);
});

test('a link to a network without targets restores it exactly', async () => {
  await openWithout({
    type: 'given_gradient',
    gradient: [
      [1, 0],
      [0, 1],
      [-1, 2],
    ],
  } as never);
  press('ArrowRight', 3);
  const [left, payload] = [network(), await link(shared.value as SharedState)];
  const { value } = store.cursor;
  await open('chapter');
  expect(await openLink(payload)).toBe(true);
  await settled();
  expect([network(), store.cursor.value]).toEqual([left, value]);
  press('n');
  await soon(() => expect(store.trainingStep.value).toBe(2));
  await settled();
  expect(network().y).toBeUndefined();
  await areOfTheService();
});
