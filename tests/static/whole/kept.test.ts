/** Stored state: in the address, for a reload, between visits; and the handling of a pasted table or a chosen file. */

import { fireEvent } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import { setAt } from '@/model/json';
import type { SharedState } from '@/model/shared-state';
import { edit } from '@/state/network';
import { fold, folded, incoming, toggleLecture } from '@/state/panels';
import { keepLarge, saveSessionBackup, warnBefore } from '@/state/sessionBackup';
import { isBeginning, shared } from '@/state/sharing';
import * as store from '@/state/store';
import { setTheme } from '@/state/theme';
import { goToTrainingStep } from '@/state/training';
import { openView, view } from '@/state/view';
import { link, open, press, settled, soon, state, withPage } from './page';

withPage();

const LEFT = 'backprop-explorer.left';
const one = (selector: string) => document.querySelector<HTMLElement>(selector) as HTMLElement;
const comeTo = (hash: string, state: unknown = null) => {
  history.replaceState(state, '', hash || location.pathname);
  fireEvent(window, new HashChangeEvent('hashchange'));
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  comeTo('#diagram', { kept: true });
});

const linkTo = async (lr: number) => link(state(setAt(await open('chapter'), '/optimizer/lr', lr)));
const rate = () => store.network.value?.optimizer.lr;

test('the address follows the displayed state once it rests, without an entry in the browser’s history', async () => {
  await open('chapter');
  const entries = history.length;
  const written = vi.spyOn(history, 'replaceState');
  await edit('/optimizer/lr', 0.25);
  await settled();
  expect(written).not.toHaveBeenCalled();
  await soon(() => expect(location.hash).toMatch(/^#diagram&s=/));
  expect([history.length, history.state]).toEqual([entries, { kept: true }]);
  expect(written).toHaveBeenCalledTimes(1);
});

test('an address of this page is not opened again, and a pasted one is not overwritten', async () => {
  const [own, payload] = [await linkTo(0.9), await linkTo(0.7)];
  comeTo(`#diagram&s=${own}`, { kept: true });
  await settled();
  expect(rate()).toBe(0.5);
  // The address has changed, but its event has not been dispatched yet.
  const unheard = (event: Event) => event.stopImmediatePropagation();
  window.addEventListener('hashchange', unheard, true);
  history.replaceState(null, '', `#diagram&s=${payload}`);
  await edit('/optimizer/lr', 0.35);
  await settled();
  await new Promise((done) => setTimeout(done, 900));
  expect([rate(), location.hash]).toEqual([0.35, `#diagram&s=${payload}`]);
  window.removeEventListener('hashchange', unheard, true);
  fireEvent(window, new HashChangeEvent('hashchange'));
  await soon(() => expect(rate()).toBe(0.7));
});

test('only the initial page needs no link', async () => {
  const first = store.examples.value[0]?.slug ?? '';
  await open(first);
  const beginning = shared.value as SharedState;
  expect(isBeginning(beginning)).toBe(true);
  const others: Partial<SharedState>[] = [
    { example: null },
    { example: 'another' },
    { step: 2 },
    { sample: 1 },
    { cursor: 1 },
    { grain: 'term' },
    { trail: ['loss'] },
    { notation: 'paths' },
    { edges: 'gradients' as never },
    { nodes: 'values' as never },
    { table: true },
  ];
  for (const other of others) expect(isBeginning({ ...beginning, ...other }), JSON.stringify(other)).toBe(false);
});

test('a reload restores the last state, and nothing if the page was in its initial state', async () => {
  await open('two-layers');
  await edit('/optimizer/lr', 0.4);
  await settled();
  saveSessionBackup();
  expect(sessionStorage.getItem(LEFT)).toContain('0.4');
  const first = store.examples.value[0]?.slug ?? '';
  await open(first);
  saveSessionBackup();
  expect(sessionStorage.getItem(LEFT)).toBeNull();
});

test('the browser asks before an unsaved network is lost, until it is saved', async () => {
  await open('chapter');
  const leaves = () => {
    const event = new Event('beforeunload', { cancelable: true });
    warnBefore(event as BeforeUnloadEvent);
    return event.defaultPrevented;
  };
  expect(leaves()).toBe(false);
  const full = () => {
    throw new Error('There is no room.');
  };
  vi.stubGlobal('sessionStorage', { setItem: full, removeItem: full, getItem: full });
  await keepLarge(shared.value as SharedState);
  expect(leaves()).toBe(true);
  expect(store.notice.value).toBeTruthy();
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:any');
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  await store.noticeWay.value?.act();
  expect([leaves(), store.notice.value]).toEqual([false, null]);
  await edit('/optimizer/lr', 0.6);
  await keepLarge(shared.value as SharedState);
  expect(leaves()).toBe(true);
  await open('chapter');
  expect(leaves()).toBe(false);
});

test('playing stops while steps are invisible', async () => {
  await open('chapter');
  press(' ');
  expect(store.playing.value).toBe(true);
  openView('matrices');
  await soon(() => expect(view.value).toBe('matrices'));
  expect(store.playing.value).toBe(false);
});

test('a pasted table is shown first, unless it is pasted into a field', async () => {
  await open('chapter');
  const paste = (target: Element, text: string) => {
    const event = new Event('paste', { bubbles: true, cancelable: true });
    fireEvent(target, Object.assign(event, { clipboardData: { getData: () => text } }));
    return event.defaultPrevented;
  };
  const table = 'x1\tx2\ty1\n1\t2\t3\n4\t5\t6';
  expect(paste(one('.training-step input'), table)).toBe(false);
  expect(paste(document.body, 'only one line')).toBe(false);
  expect(paste(document.body, '{"a": 1,\n "b": 2}')).toBe(false);
  expect(incoming.value).toBeNull();
  expect(paste(document.body, table)).toBe(true);
  expect(incoming.value).toEqual({ source: table });
  incoming.value = null;
});

test('a file can be chosen a second time, as it may have changed', async () => {
  const document = await open('chapter');
  const input = one('input[type=file][hidden]') as HTMLInputElement;
  const cleared = vi.fn();
  for (const lr of [0.11, 0.12]) {
    const file = new File([JSON.stringify({ ...document, optimizer: { type: 'sgd', lr } })], 'a.json');
    Object.defineProperties(input, {
      files: { configurable: true, value: [file] },
      value: { configurable: true, get: () => '', set: cleared },
    });
    fireEvent.change(input);
    await soon(() => expect(rate()).toBe(lr));
  }
  expect(cleared.mock.calls).toEqual([[''], ['']]);
  await settled();
});

test('a link includes the way back to earlier training steps only on request', async () => {
  await open('chapter');
  await goToTrainingStep(3);
  await settled();
  const panel = document.getElementById('share') as HTMLElement;
  const turn = (newState: 'open' | 'closed') => {
    for (const name of ['beforetoggle', 'BeforeToggle']) fireEvent(panel, Object.assign(new Event(name), { newState }));
  };
  turn('open');
  const box = () => panel.querySelector<HTMLInputElement>('input[type=checkbox]') as HTMLInputElement;
  await soon(() => expect(box()).toBeTruthy());
  expect(box().checked).toBe(false);
  const ending = () => panel.querySelector('.state:not(.waiting)')?.textContent;
  await soon(() => expect(ending()).toBeTruthy());
  const without = ending();
  fireEvent.click(box());
  await soon(() => expect(ending()).not.toBe(without));
  turn('closed');
  await soon(() => expect(panel.childElementCount).toBe(0));
  expect((store.network.value as NetworkDocument).layers.length).toBeGreaterThan(0);
});

// Last, because modules loaded after it belong to another page.

test('folded panels stay folded between visits, but not those folded in a lecture', async () => {
  const before = folded.value;
  fold('inspector');
  expect(folded.value).toEqual({ ...before, inspector: !before.inspector });
  const visited = async () => {
    vi.resetModules();
    return (await import('@/state/panels')).folded.value;
  };
  expect(await visited()).toEqual(folded.value);
  const usual = folded.value;
  toggleLecture();
  expect(folded.value).toEqual({ build: true, inspector: true });
  fold('build');
  expect(folded.value).toEqual({ build: false, inspector: true });
  toggleLecture();
  expect(folded.value).toEqual(usual);
  expect(await visited()).toEqual(usual);
  // The next visit starts without folded panels.
  toggleLecture();
  expect(folded.value).toEqual({ build: true, inspector: true });
  toggleLecture();
  fold('inspector');
});

test('a chosen theme is restored on the next visit', async () => {
  for (const chosen of ['dark', 'light', 'system'] as const) {
    setTheme(chosen);
    expect(document.documentElement.dataset.theme).toBe(chosen);
    vi.resetModules();
    expect((await import('@/state/theme')).theme.value).toBe(chosen);
  }
});
