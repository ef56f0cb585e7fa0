/** Opening: links, their content and their claims, and networks that cannot be opened. */

import { fireEvent } from '@testing-library/preact';
import { expect, test, vi } from 'vitest';
import { setAt, toJson } from '@/model/json';
import type { SharedState } from '@/model/shared-state';
import { keepAddress, openAtStart } from '@/state/address';
import * as attention from '@/state/attention';
import { openLink } from '@/state/opening';
import { shared } from '@/state/sharing';
import * as store from '@/state/store';
import { keepView, view } from '@/state/view';
import { link, open, press, sentence, soon, state, withPage } from './page';

const wire = withPage();

test('a link restores the network, the cursor and the view settings in it', async () => {
  const document = await open('two-layers');
  const carried = {
    cursor: 12,
    grain: 'layer',
    trail: ['fc_1.output[0,0]'],
    edges: 'weight',
    nodes: 'value',
    table: true,
  } as const;
  const other = setAt(document, '/layers/0/w/0/0', 0.625);
  await open('chapter');
  expect(await openLink(await link(state(other, carried)))).toBe(true);
  expect(store.network.value?.layers[0]).toMatchObject({
    w: [
      [0.625, 0.25],
      [0.3, 0.35],
    ],
  });
  const { cursor, grain, edgeMode, nodeMode, asTable } = store;
  const { selectionPath: trail } = attention;
  expect({
    ...{ cursor: cursor.value, grain: grain.value, trail: trail.value },
    ...{ edges: edgeMode.value, nodes: nodeMode.value, table: asTable.value },
  }).toEqual(carried);
  asTable.value = false;
  edgeMode.value = 'auto';
  nodeMode.value = 'both';
});

test('a cursor beyond the end is the end', async () => {
  const document = await open('chapter');
  await openLink(await link(state(document, { cursor: 10_000 })));
  const cursor = store.cursor.value;
  press('End');
  expect(store.cursor.value).toBe(cursor);
  await soon(() => expect(sentence()).not.toBe(''));
});

test('a link is an example only if it says so and its network is that example', async () => {
  const chapter = await open('chapter');
  const layers = await open('two-layers');
  const cases: [SharedState, string | null][] = [
    [state(chapter, { example: 'chapter' }), 'chapter'],
    [state(chapter), null],
    [state(setAt(chapter, '/layers/0/w/0/0', 0.16), { example: 'chapter' }), null],
    [state(layers, { example: 'chapter' }), null],
    [state(chapter, { example: 'no-such' }), null],
  ];
  for (const [own, example] of cases) {
    expect(await openLink(await link(own))).toBe(true);
    expect(store.example.value).toBe(example);
  }
});

test.each([
  ['cut', (payload: string) => payload.slice(0, -3)],
  ['damaged', (payload: string) => payload.replace(/\.(.)/, (_, sign) => `.${sign === 'A' ? 'B' : 'A'}`)],
  ['of another version', (payload: string) => payload.replace('1.', '2.')],
])('a link that is %s changes nothing, and the reason is shown', async (_, spoil) => {
  const document = await open('chapter');
  press('ArrowRight', 2);
  const cursor = store.cursor.value;
  expect(await openLink(spoil(await link(state(setAt(document, '/optimizer/lr', 9)))))).toBe(false);
  expect(store.notice.value).toMatch(/link/i);
  expect([store.network.value, store.cursor.value]).toEqual([document, cursor]);
  store.notice.value = null;
});

test('a refused network is not opened, with the reason, and a button opens a corrected one', async () => {
  const document = await open('chapter');
  const wide = setAt(document, '/layers/0/output_dim', 3);
  expect(await openLink(await link(state(wide)))).toBe(false);
  expect(store.network.value).toEqual(document);
  expect(store.notice.value).not.toBeNull();
  expect(store.noticeWay.value).not.toBeNull();
  await store.noticeWay.value?.act();
  expect(store.network.value?.layers[0]).toMatchObject({ output_dim: 3 });
});

test('of two links opened one after the other the later one is shown', async () => {
  const document = await open('chapter');
  const links = await Promise.all([0.3, 0.6].map((lr) => link(state(setAt(document, '/optimizer/lr', lr)))));
  const opened = await Promise.all(links.map((payload) => openLink(payload)));
  expect(opened).toEqual([false, true]);
  expect(store.network.value?.optimizer.lr).toBe(0.6);
});

/** An address that changed before the page listened: no event reports it. */
const silently = (hash: string) => history.replaceState(null, '', hash || location.pathname);
const unheard = (event: Event) => event.stopImmediatePropagation();
const rate = () => store.network.value?.optimizer.lr;
const withRate = async (lr: number) => link(state(setAt(await open('chapter'), '/optimizer/lr', lr)));

test('an address that changes while the page is loaded, before it listens, is opened', async () => {
  const payload = await withRate(0.7);
  silently(`#check&s=${payload}`);
  const ends = [keepView(), keepAddress()];
  expect(view.value).toBe('check');
  await soon(() => expect(rate()).toBe(0.7));
  for (const end of ends) end();
  silently('');
  keepView()();
  expect(view.value).toBe('diagram');
});

test('a reload restores the last state, unless the address has changed to another link', async () => {
  const payload = await withRate(0.7);
  const left = state(setAt(await open('chapter'), '/optimizer/lr', 0.9));
  const leave = () => sessionStorage.setItem('backprop-explorer.left', `#matrices\n${toJson(left)}`);
  const entries = vi.spyOn(performance, 'getEntriesByType').mockReturnValue([{ type: 'reload' } as never]);
  window.addEventListener('hashchange', unheard, true);
  leave();
  silently('#check');
  expect(await openAtStart()).toBe(true);
  expect(rate()).toBe(0.9);
  leave();
  silently(`#diagram&s=${payload}`);
  expect(await openAtStart()).toBe(true);
  expect(rate()).toBe(0.7);
  // It changes while the stored state is read.
  leave();
  silently('#check');
  const opened = openAtStart();
  silently(`#diagram&s=${payload}`);
  expect(await opened).toBe(true);
  expect(rate()).toBe(0.7);
  window.removeEventListener('hashchange', unheard, true);
  entries.mockRestore();
  sessionStorage.clear();
  silently('');
});

test('a link stays in the address while it is being opened', async () => {
  const payload = await withRate(0.7);
  await open('chapter');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  wire.hold = /trace/;
  const before = wire.asked.length;
  silently(`#diagram&s=${payload}`);
  fireEvent(window, new HashChangeEvent('hashchange'));
  await vi.waitFor(() => expect(wire.asked.length).toBeGreaterThan(before));
  // Another part of the state in the address changes meanwhile.
  store.asTable.value = !store.asTable.value;
  await vi.advanceTimersByTimeAsync(5000);
  // As long as writing it would take.
  for (let n = 0; n < 3; n++) await link(shared.peek() as SharedState);
  expect(location.hash).toBe(`#diagram&s=${payload}`);
  vi.useRealTimers();
  wire.release();
  await soon(() => expect(rate()).toBe(0.7));
  store.asTable.value = false;
  silently('');
});
