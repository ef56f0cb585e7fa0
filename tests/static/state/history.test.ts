import { describe, expect, test } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import { setAt } from '@/model/json';
import { extendLine, lastOf, lineFrom, MAX_KEPT_BYTES } from '@/model/training-line';
import {
  beginningOf,
  changed,
  closed,
  EMPTY,
  filled,
  type History,
  MAX_ENTRIES,
  moved,
  opened,
  present,
  traced,
  walked,
  withLine,
} from '@/state/history';
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
  test('goes back and forth through the changes', () => {
    const history = done(done(begun, 0.1), 0.2);
    expect(titles(history)).toEqual(['begun', '0.5 → 0.1', '0.1 → 0.2']);
    const back = moved(history, history.at - 1, PLACE);
    expect(rate(back)).toBe(0.1);
    expect(rate(moved(back, 0, PLACE))).toBe(0.5);
    expect(rate(moved(back, back.at + 1, PLACE))).toBe(0.2);
  });

  test('knows the start of a gesture that continues, and starts any other with the current state', () => {
    const dragged = done(done(done(begun, 0.1), 0.2, 'drag'), 0.3, 'drag');
    expect(beginningOf(dragged, 'drag')?.optimizer.lr).toBe(0.1);
    for (const gesture of [undefined, 'another']) expect(beginningOf(dragged, gesture)?.optimizer.lr).toBe(0.3);
    expect(beginningOf(closed(dragged), 'drag')?.optimizer.lr).toBe(0.3);
    expect(beginningOf(moved(dragged, 1, PLACE), 'drag')?.optimizer.lr).toBe(0.1);
    expect(beginningOf(EMPTY, 'drag')).toBeNull();
  });

  test('stops at both ends', () => {
    const history = done(begun, 0.1);
    expect(moved(history, 7, PLACE).at).toBe(1);
    expect(moved(history, -7, PLACE).at).toBe(0);
    expect(moved(EMPTY, 0, PLACE)).toBe(EMPTY);
  });

  test('drops undone changes after a new one', () => {
    const history = done(moved(done(done(begun, 0.1), 0.2), 1, PLACE), 0.9);
    expect(titles(history)).toEqual(['begun', '0.5 → 0.1', '0.1 → 0.9']);
  });

  test('does not change the history that it was made from', () => {
    const before = done(begun, 0.1);
    done(before, 0.2);
    moved(before, 0, PLACE);
    expect(titles(before)).toEqual(['begun', '0.5 → 0.1']);
    expect(before.at).toBe(1);
  });

  test('is bounded: the oldest entries are dropped', () => {
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
  test('is one entry, titled from its start to its end', () => {
    const history = [0.6, 0.7, 0.8].reduce((sofar, lr) => done(sofar, lr, 'drag'), begun);
    expect(titles(history)).toEqual(['begun', '0.5 → 0.8']);
    expect(rate(moved(history, 0, PLACE))).toBe(0.5);
  });

  test('that returns to its start is no change, and may continue', () => {
    const back = done(done(begun, 0.6, 'drag'), 0.5, 'drag');
    expect(titles(back)).toEqual(['begun']);
    expect(present(back)?.example).toBe('chapter');
    expect(titles(done(back, 0.9, 'drag'))).toEqual(['begun', '0.5 → 0.9']);
  });

  test('ends when it is closed, after another change, and after undo', () => {
    const history = done(begun, 0.6, 'drag');
    expect(titles(done(closed(history), 0.7, 'drag'))).toHaveLength(3);
    expect(titles(done(done(history, 0.7), 0.8, 'drag'))).toHaveLength(4);
    const forth = moved(moved(history, 0, PLACE), 1, PLACE);
    expect(titles(done(forth, 0.7, 'drag'))).toHaveLength(3);
  });
});

test('a change that changes nothing adds no entry', () => {
  expect(done(begun, 0.5)).toBe(begun);
});

test('an entry stores the view at the time of leaving it', () => {
  const other = opened(begun, { document: rated(7), title: 'other', example: null }, PLACE);
  expect(other.entries[0]?.place).toEqual(PLACE);
  expect(present(other)?.place).toEqual({ sample: 0, cursor: 0, trail: [] });
  expect(present(other)?.opening).not.toBe(begun.entries[0]?.opening);
  expect(present(done(other, 8))?.opening).toBe(present(other)?.opening);
});

test('values that the service fills in belong to the entry of the request, and to no other', () => {
  const answered = rated(0.25);
  expect(present(filled(begun, START, answered))?.document).toBe(answered);
  expect(filled(done(begun, 0.1), START, answered).entries.map(({ document }) => document)).not.toContain(answered);
});

describe('training steps', () => {
  const after = (step: number): NetworkDocument => setAt(START, '/layers/0/w/0/0', step);
  const title = (from: number, to: number) => `${from} → ${to}`;
  /** To a training step, as the buttons or a run do it. */
  const gone = (history: History, step: number, merge = true): History => {
    const line = present(history)?.line;
    if (!line) throw new Error('there is no line');
    return walked(history, { step, document: after(step), line, title, merge }, PLACE);
  };
  const step = (history: History) => present(history)?.step;

  test('of one walk are one entry, which undo reverts completely', () => {
    const history = gone(gone(gone(begun, 2), 3), 4);
    expect(titles(history)).toEqual(['begun', '1 → 4']);
    expect(step(history)).toBe(4);
    const back = moved(history, 0, PLACE);
    expect([step(back), present(back)?.document]).toEqual([1, START]);
    expect(step(moved(back, 1, PLACE))).toBe(4);
  });

  test('that return to the start of the walk are no change', () => {
    expect(titles(gone(gone(begun, 2), 1))).toEqual(['begun']);
    // If an update changes nothing, the next training step is still a different one.
    const still = walked(
      begun,
      { step: 2, document: START, line: begun.entries[0]?.line as never, title, merge: true },
      PLACE,
    );
    expect([titles(still), step(still)]).toEqual([['begun', '1 → 2'], 2]);
  });

  test('of a run are a separate entry', () => {
    const history = gone(gone(gone(gone(begun, 101, false), 201, false), 202), 203);
    expect(titles(history)).toEqual(['begun', '1 → 101', '101 → 201', '201 → 203']);
    expect(gone(history, 203)).toBe(history);
  });

  test('that follow a training take the place of the one before, so that undo goes back over all of them', () => {
    const followed = (history: History, step: number, instead: boolean): History => {
      const line = lineFrom(after(step), step, 'link');
      return walked(history, { step, document: after(step), line, title, merge: false, instead }, PLACE);
    };
    const history = followed(followed(followed(begun, 100, false), 250, true), 400, true);
    expect(titles(history)).toEqual(['begun', '1 → 400']);
    expect(step(history)).toBe(400);
    expect(step(moved(history, 0, PLACE))).toBe(1);
  });

  test('keep their number after an edit of the network, which starts a new line', () => {
    const history = done(gone(begun, 5, false), 0.1);
    expect(present(history)?.line).toMatchObject({ first: 5, origin: 'edited', start: rated(0.1) });
    expect(step(history)).toBe(5);
    expect(step(gone(history, 6))).toBe(6);
    expect(titles(gone(gone(begun, 2), 3))).toHaveLength(2);
    expect(present(moved(history, 1, PLACE))?.line).toMatchObject({ first: 1, origin: 'opened' });
  });

  test('start again if all weights are replaced, and undo returns to the step before', () => {
    const change = { title: 'drawn', restart: true, gesture: 'seed' };
    const drawn = changed(gone(begun, 5, false), after(90), change, PLACE);
    expect(present(drawn)).toMatchObject({ step: 1, line: { first: 1, origin: 'opened' } });
    expect(step(moved(drawn, 1, PLACE))).toBe(5);
    // More of the same gesture, such as typing a seed, is still the same entry.
    const more = changed(drawn, after(91), change, PLACE);
    expect([titles(more), step(more)]).toEqual([['begun', '1 → 5', 'drawn'], 1]);
  });

  test('edited at the first one keep the origin of the line', () => {
    expect(present(done(begun, 0.1))?.line).toMatchObject({ first: 1, origin: 'opened' });
  });

  test('of another network are separate', () => {
    const other = opened(gone(begun, 5), { document: rated(7), title: 'other', example: null }, PLACE);
    expect(present(other)).toMatchObject({ step: 1, line: { first: 1, start: rated(7) } });
    expect(step(moved(other, 1, PLACE))).toBe(5);
  });

  test('that become known are known in every entry of the line', () => {
    const known = traced(begun, { document: START, hash: 'one', loss: 0.5 });
    const line = present(known)?.line;
    if (!line) throw new Error('there is no line');
    const advance = { document: after(2), hashes: ['one', 'two'], losses: [0.5, 0.25], starts: [] };
    const history = withLine(gone(known, 2), extendLine(line, 1, advance));
    expect(history.entries.map((entry) => lastOf(entry.line))).toEqual([2, 2]);
    // The trace of a later step is not the start of the line.
    expect(traced(history, { document: after(2), hash: 'two', loss: 0.25 })).toBe(history);
  });

  test('of hidden lines lose their stored starts before the limit is exceeded', () => {
    const large = { kept: new Map([[2, '{}']]), bytes: MAX_KEPT_BYTES - 1 };
    const first = present(begun)?.line;
    if (!first) throw new Error('there is no line');
    const edited = done(withLine(begun, { ...first, ...large }), 0.1);
    const second = present(edited)?.line;
    if (!second) throw new Error('there is no line');
    const both = withLine(edited, { ...second, ...large });
    expect(both.entries.map(({ line }) => line.bytes)).toEqual([0, MAX_KEPT_BYTES - 1]);
    expect(both.entries[0]?.line).toMatchObject({ id: first.id, start: START });
  });
});
