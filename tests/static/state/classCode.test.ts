import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refused, Unreachable } from '@/api/client';
import type { Problem } from '@/api/types';
import { codeIn, enterByLink, sayClass, sayWhyNot } from '@/state/classCode';
import * as store from '@/state/store';

const UNTIL = '2026-11-30T15:00:00Z';
const shown = new Date(UNTIL).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });

const refused = (key: string, values: object = {}) => new Refused({ key, values, detail: '' } as unknown as Problem);

beforeEach(() => {
  store.news.value = null;
  store.notice.value = null;
});
afterEach(() => vi.unstubAllGlobals());

test('the page says until when a code holds, and nothing before one is entered', () => {
  expect(sayClass({ quotas: true, until: UNTIL })).toBe(
    `Your class code holds until ${shown}. Until then the limits for guests do not apply to you.`,
  );
  expect(sayClass({ quotas: true, until: null })).toBe('');
  expect(sayClass({ quotas: false, until: null })).toContain('no class code is needed');
});

test('a code that is not taken has its reason and a way out', () => {
  expect(sayWhyNot(refused('class_code'))).toContain('open the link from your teacher');
  expect(sayWhyNot(refused('class_ended', { time: UNTIL }))).toBe(
    `This class code ended at ${shown}. Ask your teacher for a new one; until then you can go on as a guest.`,
  );
  expect(sayWhyNot(refused('class_full', { learners: 1500 }))).toContain('All 1,500 places of this class are taken.');
  expect(sayWhyNot(new Unreachable())).toContain('server');
  expect(() => sayWhyNot(new Error('a bug'))).toThrow('a bug');
});

test('a link enters its code, says the result, and leaves the code out of the address', async () => {
  const asked: unknown[] = [];
  const replaced: unknown[] = [];
  let answer = () => Response.json({ quotas: true, until: UNTIL });
  vi.stubGlobal('location', { search: '?class=abcd-efgh', pathname: '/', hash: '#check' });
  vi.stubGlobal('history', { state: null, replaceState: (...given: unknown[]) => replaced.push(given) });
  vi.stubGlobal('fetch', async (path: string, { body }: RequestInit) => {
    asked.push([path, JSON.parse(String(body))]);
    return answer();
  });
  await enterByLink();
  expect(asked).toEqual([['/api/class', { code: 'abcd-efgh' }]]);
  expect(replaced).toEqual([[null, '', '/#check']]);
  expect([store.news.value, store.notice.value]).toEqual([sayClass({ quotas: true, until: UNTIL }), null]);
  answer = () => Response.json({ status: 422, key: 'class_full', values: { learners: 30 } }, { status: 422 });
  await enterByLink();
  expect(store.notice.value).toContain('All 30 places');
});

test('the code of an address is read as it is', () => {
  expect(codeIn('?class=ab+cd&x=1')).toBe('ab cd');
  expect(codeIn('?x=1')).toBe('');
});
