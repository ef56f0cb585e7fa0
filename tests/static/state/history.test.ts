import { describe, expect, test } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import { changed, closed, EMPTY, filled, type History, MAX_ENTRIES, moved, opened, present } from '@/state/history';
import { setAt } from '@/tree';
import { recorded } from '../recorded';

const START = recorded('chapter').trace.document;
const PLACE = { sample: 0, cursor: 3, trail: ['loss'] };
const rated = (lr: number): NetworkDocument => setAt(START, '/optimizer/lr', lr);
const rate = ({ entries, at }: History) => entries[at]?.document.optimizer.lr;
const begun = opened(EMPTY, { document: START, title: 'begun', example: 'chapter' }, PLACE);
const done = (history: History, lr: number, gesture?: string): History =>
  changed(history, rated(lr), { title: (before) => `${before.optimizer.lr} → ${lr}`, gesture }, PLACE);
const titles = ({ entries }: History) => entries.map(({ title }) => title.join(''));

describe('a history', () => {
  test('goes back and forth through what was done', () => {
    const history = done(done(begun, 0.1), 0.2);
    expect(titles(history)).toEqual(['begun', '0.5 → 0.1', '0.1 → 0.2']);
    const back = moved(history, history.at - 1, PLACE);
    expect(rate(back)).toBe(0.1);
    expect(rate(moved(back, 0, PLACE))).toBe(0.5);
    expect(rate(moved(back, back.at + 1, PLACE))).toBe(0.2);
  });

  test('ends at both ends', () => {
    const history = done(begun, 0.1);
    expect(moved(history, 7, PLACE).at).toBe(1);
    expect(moved(history, -7, PLACE).at).toBe(0);
    expect(moved(EMPTY, 0, PLACE)).toBe(EMPTY);
  });

  test('forgets what was undone once something else is done', () => {
    const history = done(moved(done(done(begun, 0.1), 0.2), 1, PLACE), 0.9);
    expect(titles(history)).toEqual(['begun', '0.5 → 0.1', '0.1 → 0.9']);
  });

  test('leaves the one that it was made from as it was', () => {
    const before = done(begun, 0.1);
    done(before, 0.2);
    moved(before, 0, PLACE);
    expect(titles(before)).toEqual(['begun', '0.5 → 0.1']);
    expect(before.at).toBe(1);
  });

  test('is bounded: the oldest entries go', () => {
    const history = Array.from({ length: MAX_ENTRIES + 20 }, (_, place) => place).reduce(
      (sofar, place) => done(sofar, place + 1),
      begun,
    );
    expect(history.entries).toHaveLength(MAX_ENTRIES);
    expect(history.at).toBe(MAX_ENTRIES - 1);
    expect(rate(history)).toBe(MAX_ENTRIES + 20);
    expect(rate(moved(history, 0, PLACE))).toBe(21);
  });
});

describe('a gesture', () => {
  test('is one entry, told from its beginning to its end', () => {
    const history = [0.6, 0.7, 0.8].reduce((sofar, lr) => done(sofar, lr, 'drag'), begun);
    expect(titles(history)).toEqual(['begun', '0.5 → 0.8']);
    expect(rate(moved(history, 0, PLACE))).toBe(0.5);
  });

  test('that comes back to where it began has done nothing, and may go on', () => {
    const back = done(done(begun, 0.6, 'drag'), 0.5, 'drag');
    expect(titles(back)).toEqual(['begun']);
    expect(present(back)?.example).toBe('chapter');
    expect(titles(done(back, 0.9, 'drag'))).toEqual(['begun', '0.5 → 0.9']);
  });

  test('ends when it is closed, when something else is done, and when one goes back', () => {
    const history = done(begun, 0.6, 'drag');
    expect(titles(done(closed(history), 0.7, 'drag'))).toHaveLength(3);
    expect(titles(done(done(history, 0.7), 0.8, 'drag'))).toHaveLength(4);
    const forth = moved(moved(history, 0, PLACE), 1, PLACE);
    expect(titles(done(forth, 0.7, 'drag'))).toHaveLength(3);
  });
});

test('a change that changes nothing is none', () => {
  expect(done(begun, 0.5)).toBe(begun);
});

test('an entry keeps where one looked when one left it', () => {
  const other = opened(begun, { document: rated(7), title: 'other', example: null }, PLACE);
  expect(other.entries[0]?.place).toEqual(PLACE);
  expect(present(other)?.place).toEqual({ sample: 0, cursor: 0, trail: [] });
  expect(present(other)?.opening).not.toBe(begun.entries[0]?.opening);
  expect(present(done(other, 8))?.opening).toBe(present(other)?.opening);
});

test('what the service fills in belongs to the entry that was asked about, and to no other', () => {
  const answered = rated(0.25);
  expect(present(filled(begun, START, answered))?.document).toBe(answered);
  expect(filled(done(begun, 0.1), START, answered).entries.map(({ document }) => document)).not.toContain(answered);
});
