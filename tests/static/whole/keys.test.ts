/** Keys and names: the effects of keys, the keys left to the focused element, and the names for screen readers. */

import { fireEvent, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import { finish, stepsIn } from '@/model/cursor';
import { getAt, setAt } from '@/model/json';
import * as attention from '@/state/attention';
import { setHover } from '@/state/moves';
import { edit, replace } from '@/state/network';
import { toggleLecture } from '@/state/panels';
import * as store from '@/state/store';
import { goTo } from '@/state/undo';
import { lecture, view } from '@/state/view';
import { button, field, open, part, press, settled, soon, status, withPage } from './page';

withPage();

const all = <Found extends Element = HTMLElement>(selector: string) => [...document.querySelectorAll<Found>(selector)];
const keyDown = (target: Element, key: string, modifiers: Partial<KeyboardEventInit> = {}) =>
  fireEvent.keyDown(target, { key, ...modifiers });
const slider = () => document.querySelector('.scrubber input') as HTMLInputElement;
const focused = () => document.activeElement as HTMLElement;

test('up and down cycle through the parts of the picture, which is a single tab stop', async () => {
  await open('chapter');
  const parts = all<SVGElement>('.picture [data-part]');
  const [first, last] = [parts[0] as SVGElement, parts.at(-1) as SVGElement];
  first.focus();
  keyDown(first, 'ArrowUp');
  expect(focused().dataset.part).toBe(last.dataset.part);
  keyDown(last, 'ArrowDown');
  expect(focused().dataset.part).toBe(first.dataset.part);
  keyDown(first, 'ArrowDown', { ctrlKey: true });
  expect(focused().dataset.part).toBe(first.dataset.part);
  await soon(() =>
    expect(all('.picture .part[tabindex="0"]').map(({ dataset }) => dataset.part)).toEqual([first.dataset.part]),
  );
});

test('a part is pressed while it is selected, and not while the pointer is on it', async () => {
  await open('chapter');
  setHover(['fc_1.output[0,0]']);
  await soon(() => expect(part('fc_1.output[0,0]').classList.contains('lit')).toBe(true));
  expect(part('fc_1.output[0,0]').getAttribute('aria-pressed')).toBe('false');
  keyDown(part('fc_1.output[0,0]'), 'Enter');
  expect(attention.selectionPath.value).toEqual(['fc_1.output[0,0]']);
  await soon(() => expect(part('fc_1.output[0,0]').getAttribute('aria-pressed')).toBe('true'));
});

test('in a lecture Escape on a part first deselects it, and then ends the lecture', async () => {
  await open('chapter');
  toggleLecture();
  const one = part('fc_1.output[0,0]');
  keyDown(one, ' ');
  await soon(() => expect(one.getAttribute('aria-pressed')).toBe('true'));
  keyDown(one, 'Escape');
  expect([attention.selectionPath.value, lecture.value]).toEqual([[], true]);
  press('Escape');
  expect(lecture.value).toBe(false);
});

test('the name of a unit includes that its activation is dead', async () => {
  await open('dead-relu');
  press('End');
  await soon(() => expect(all('.diagram .node.dead').length).toBeGreaterThan(0));
  for (const one of all('.diagram .node.dead')) expect(one.getAttribute('aria-label')).toMatch(/, dead$/);
  expect(all('.diagram .node:not(.dead)[aria-label$="dead"]')).toEqual([]);
});

test('arrows choose among radio buttons, and the space key presses the focused element: no step is taken', async () => {
  await open('chapter');
  const radio = document.querySelector('input[type=radio]') as HTMLInputElement;
  keyDown(radio, 'ArrowRight');
  expect(store.cursor.value).toBe(0);
  keyDown(button(/^One step back/), ' ');
  expect(store.playing.value).toBe(false);
  keyDown(button(/^One step back/), 'ArrowRight');
  expect(store.cursor.value).toBe(3);
  press(' ');
  expect(store.playing.value).toBe(true);
  press(' ');
  expect(store.playing.value).toBe(false);
});

test('while steps are invisible no key takes one', async () => {
  await open('chapter');
  press('ArrowRight');
  fireEvent.click(part('fc_1.output[0,0]'));
  view.value = 'check';
  for (const key of ['ArrowRight', 'End', '1', 'n', ' ', 'r']) press(key);
  const { cursor, grain, trainingStep, playing } = store;
  expect([cursor.value, grain.value, trainingStep.value, playing.value]).toEqual([3, 'node', 1, false]);
  press('Escape');
  expect(attention.selectionPath.value).toEqual([]);
  view.value = 'diagram';
});

test('the slider states the steps done and in total, its keys are steps, and each kind of input is one', async () => {
  await open('two-layers');
  const stages = store.trace.value?.stages ?? [];
  const count = stepsIn(stages, 'node');
  expect(slider().getAttribute('aria-valuetext')).toMatch(new RegExp(`^.*\\b0 of ${count}\\b`));
  keyDown(slider(), 'ArrowUp');
  keyDown(slider(), 'ArrowRight');
  await soon(() =>
    expect(slider().getAttribute('aria-valuetext')).toMatch(new RegExp(`\\b2 of ${count}\\b.*forward`, 'i')),
  );
  keyDown(slider(), 'ArrowDown');
  await soon(() => expect(slider().value).toBe('1'));
  fireEvent.input(slider(), { target: { value: String(count) } });
  expect(store.cursor.value).toBe(finish(stages));
  await soon(() => expect(slider().getAttribute('aria-valuetext')).toMatch(/update/i));
});

const table = (): HTMLElement => document.querySelector('.build .cells table') as HTMLElement;
const cell = (row: number, column: number) =>
  table().querySelector<HTMLInputElement>(`[data-cell="${row},${column}"] input`) as HTMLInputElement;

test('in a sheet keys move from cell to cell, but within the text of an edited cell', async () => {
  await open('batch-of-three');
  await soon(() => expect(table()).toBeTruthy());
  const before = store.network.value;
  expect(table().getAttribute('aria-rowcount')).toBe(String(1 + (before?.x?.length ?? 0)));
  for (const [place, row] of [...table().querySelectorAll('tbody tr[aria-rowindex]')].entries()) {
    expect(row.getAttribute('aria-rowindex')).toBe(String(place + 2));
    for (const [column, one] of [...row.querySelectorAll('td[data-cell]')].entries())
      expect(one.getAttribute('aria-colindex')).toBe(String(column + 2));
  }
  cell(1, 1).focus();
  const go = (key: string, modifiers = {}) => keyDown(focused(), key, modifiers);
  const at = () => focused().closest<HTMLElement>('[data-cell]')?.dataset.cell;
  for (const [key, place, modifiers] of [
    ['ArrowDown', '2,1', {}],
    ['ArrowUp', '1,1', {}],
    ['Enter', '2,1', {}],
    ['Enter', '1,1', { shiftKey: true }],
  ] as const) {
    go(key, modifiers);
    await soon(() => expect(at()).toBe(place));
  }
  const text = focused() as HTMLInputElement;
  const end = text.value.length;
  for (const [from, to, key, place] of [
    [1, 1, 'ArrowLeft', '1,1'],
    [0, 1, 'ArrowLeft', '1,1'],
    [0, 0, 'ArrowLeft', '1,0'],
    [1, 1, 'ArrowRight', '1,1'],
    [end, end, 'ArrowRight', '1,2'],
    [0, end, 'ArrowLeft', '1,0'],
  ] as const) {
    cell(1, 1).focus();
    cell(1, 1).setSelectionRange(from, to);
    go(key);
    await soon(() => expect(at(), `${key} from ${from} to ${to}`).toBe(place));
  }
  // None of them changed a number.
  expect(store.network.value).toBe(before);
});

test('Escape first discards invalid text, and then restores the number in the field', async () => {
  await open('chapter');
  const input = field('w 1 1 of layer 1');
  const weight = () => getAt(store.network.value as NetworkDocument, '/layers/0/w/0/0');
  fireEvent.focusIn(input);
  input.focus();
  fireEvent.input(input, { target: { value: '0.75' } });
  await settled();
  fireEvent.input(input, { target: { value: '0.75x' } });
  expect(store.drafts.value).not.toEqual({});
  keyDown(input, 'Escape');
  expect([weight(), store.drafts.value]).toEqual([0.75, {}]);
  await soon(() => expect(input.value).toBe('0.75'));
  keyDown(input, 'Escape');
  await settled();
  expect(weight()).toBe(0.15);
  keyDown(input, 'ArrowUp');
  await settled();
  expect(weight()).toBe(0.16);
  keyDown(input, 'ArrowDown', { shiftKey: true });
  await settled();
  expect(weight()).toBe(0.159);
  input.blur();
});

test('the sample is chosen by number, or by a key for the next or the previous one', async () => {
  const chapter = await open('chapter');
  const [x, y] = [chapter.x?.[0], chapter.y?.[0]];
  await replace({ ...chapter, x: Array(120).fill(x), y: Array(120).fill(y) } as NetworkDocument);
  await settled();
  const input = () => document.querySelector<HTMLInputElement>('.sample-number') as HTMLInputElement;
  await soon(() => expect(input()).toBeTruthy());
  const type = (text: string) => fireEvent.input(input(), { target: { value: text } });
  type('7');
  keyDown(input(), 'Enter');
  await soon(() => expect([store.sample.value, input().value]).toEqual([6, '7']));
  keyDown(input(), 'ArrowUp');
  await soon(() => expect(store.sample.value).toBe(7));
  keyDown(input(), 'ArrowDown');
  keyDown(input(), 'ArrowDown');
  await soon(() => expect(store.sample.value).toBe(5));
  for (const text of ['0', '121', '1.5', 'x']) {
    type(text);
    keyDown(input(), 'Enter');
    await soon(() => expect(input().getAttribute('aria-invalid'), text).toBe('true'));
    expect(store.sample.value).toBe(5);
    keyDown(input(), 'Escape');
    await soon(() => expect([input().getAttribute('aria-invalid'), input().value]).toEqual(['false', '6']));
  }
  type('120');
  keyDown(input(), 'Enter');
  await soon(() => expect(store.sample.value).toBe(119));
  // If the sample does not exist any more, the last one is shown.
  await goTo(store.history.value.at - 1);
  await settled();
  expect(store.sample.value).toBe(0);
});

test('a refusal returns to an existing sample', async () => {
  const document = await open('batch-of-three');
  const more = {
    ...document,
    x: [...(document.x ?? []), ...(document.x ?? [])],
    y: [...(document.y ?? []), ...(document.y ?? [])],
  };
  store.sample.value = 5;
  await replace(setAt(more as NetworkDocument, '/layers/0/output_dim', 100_000), {
    title: '',
    places: ['/layers/0/output_dim'],
  });
  await soon(() => expect(store.refusal.value).not.toBeNull());
  expect([store.network.value?.x?.length, store.sample.value]).toEqual([3, 2]);
});

test('the history marks the current entry, and redo is named after the change that it repeats', async () => {
  await open('chapter');
  await edit('/layers/0/w/0/0', 0.5);
  await edit('/layers/0/b/0', 0.25);
  await settled();
  press('z', 1, { ctrlKey: true });
  await settled();
  const panel =
    document.getElementById('history') ?? (document.querySelector('[popover][id*="history" i]') as HTMLElement);
  for (const name of ['beforetoggle', 'BeforeToggle'])
    fireEvent(panel, Object.assign(new Event(name), { newState: 'open', oldState: 'closed' }));
  const opener = document.querySelector(`[popovertarget="${panel.id}"]`) as HTMLElement;
  await soon(() => expect(opener.getAttribute('aria-expanded')).toBe('true'));
  const entries = [...panel.querySelectorAll('li button')];
  const here = entries.filter((one) => one.getAttribute('aria-current') === 'step');
  expect(here.map((one) => entries.indexOf(one))).toEqual([1]);
  expect(here[0]?.textContent).toContain('0.5');
  expect(button(/^Redo/).getAttribute('aria-label')).toContain('0.25');
  expect(button(/^Undo/).getAttribute('aria-label')).toContain('0.5');
  for (const name of ['beforetoggle', 'BeforeToggle'])
    fireEvent(panel, Object.assign(new Event(name), { newState: 'closed', oldState: 'open' }));
  await soon(() => expect(opener.getAttribute('aria-expanded')).toBe('false'));
  expect(within(panel).queryAllByRole('button')).toEqual([]);
  expect(status()).toBeTruthy();
});
