import { describe, expect, test } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import { documentJson, setAt } from '@/model/json';
import {
  type Advance,
  bare,
  cutAt,
  extendLine,
  firstDifferent,
  hashOf,
  type Line,
  lastOf,
  leastOf,
  lineFrom,
  lossOf,
  nearest,
  preceded,
  wayTo,
  witnessed,
} from '@/model/training-line';
import { random } from '../documents/states';
import { recorded } from '../recorded';

const START = recorded('chapter').trace.document;
/** The start of a training step; the weight differs from step to step. */
const at = (step: number): NetworkDocument =>
  step === 1 ? START : setAt(START, '/layers/0/w/0/0', step % 7 === 0 ? -0 : step / 3);
const hash = (step: number): string => `hash of ${step}`;

/** The answer of the service for a number of training steps. */
function advance(from: number, steps: number, every: number | null): Advance {
  const numbers = Array.from({ length: steps + 1 }, (_, place) => from + place);
  const onTheWay = every === null ? [] : numbers.slice(1, -1).filter((step) => (step - from) % every === 0);
  return {
    document: at(from + steps),
    hashes: numbers.map(hash),
    losses: numbers.map((step) => 1 / step),
    starts: onTheWay.map((step) => ({ step: step - from, document: at(step) })),
  };
}

const witnessedStart = witnessed(lineFrom(START), START, hash(1), 1);
const lengthOf = (line: Line): number => [...line.kept.values()].reduce((sum, text) => sum + text.length, 0);

describe('a line of training steps', () => {
  test('knows the hash and the loss of each, and finds every stored document', () => {
    const line = extendLine(witnessedStart, 1, advance(1, 20, 1));
    expect(lastOf(line)).toBe(21);
    for (let step = 1; step <= 21; step++) {
      expect(hashOf(line, step)).toBe(hash(step));
      expect(lossOf(line, step)).toBe(1 / step);
      const found = nearest(line, step);
      expect(found.step).toBe(step);
      expect(documentJson(found.document)).toBe(documentJson(at(step)));
    }
    expect(hashOf(line, 22)).toBeUndefined();
  });

  test('stores only the differences from the first start: inputs and targets are the same', () => {
    const line = extendLine(witnessedStart, 1, advance(1, 1, 1));
    expect([...line.kept.keys()]).toEqual([2]);
    expect(Object.keys(JSON.parse(line.kept.get(2) ?? ''))).toEqual(['layers']);
  });

  test('does not grow when the same steps are computed again', () => {
    const line = extendLine(witnessedStart, 1, advance(1, 9, 1));
    const again = extendLine(line, 3, advance(3, 5, 1));
    expect(again.hashes).toEqual(line.hashes);
    expect(again.losses).toEqual(line.losses);
    expect(again.bytes).toBe(line.bytes);
    expect(lastOf(extendLine(line, 8, advance(8, 5, 1)))).toBe(13);
  });

  test('may start at any training step, and end where a number is not finite', () => {
    const line = extendLine(lineFrom(at(5), 5, 'edited'), 5, { ...advance(5, 2, 1), losses: [0.1, null, null] });
    expect([line.first, lastOf(line)]).toEqual([5, 7]);
    expect([4, 5, 6, 8].map((step) => lossOf(line, step))).toEqual([undefined, 0.1, Number.NaN, undefined]);
    expect(nearest(line, 4).step).toBe(5);
  });

  test('reports the first training step with a different result', () => {
    const line = extendLine(witnessedStart, 1, advance(1, 9, 1));
    expect(firstDifferent(line, 4, advance(4, 9, null).hashes)).toBeNull();
    expect(firstDifferent(line, 4, [hash(4), hash(5), 'another', 'and another'])).toBe(6);
  });

  test('is cut where the results differ, and is a different line then', () => {
    const line = extendLine(witnessedStart, 1, advance(1, 9, 1));
    const cut = cutAt(line, 4);
    expect(cut.id).not.toBe(line.id);
    expect(lastOf(cut)).toBe(4);
    expect([...cut.losses]).toEqual([...line.losses].slice(0, 4));
    expect([...cut.kept.keys()]).toEqual([2, 3, 4]);
    expect(cut.bytes).toBe(lengthOf(cut));
  });
});

describe('the way in a link', () => {
  const link = { ...witnessed(lineFrom(at(5), 5, 'link'), at(5), hash(5), 1 / 5), way: { step: 1, document: START } };
  const known = extendLine(link, 5, advance(5, 3, 1));
  const before = extendLine(witnessedStart, 1, advance(1, 4, 1));

  test('leads from its start to a training step, and to none before that', () => {
    expect(leastOf(known)).toBe(1);
    expect(wayTo(known, 5)).toEqual({ step: 1, document: START });
    expect(wayTo(before, 3)).toEqual({ step: 1, document: START });
    expect([wayTo(before, 1), wayTo(known, 1)]).toEqual([null, null]);
    expect(leastOf(lineFrom(at(5), 5))).toBe(5);
  });

  test('is joined with later steps to one line, which stays the same line', () => {
    const whole = preceded(known, before) as Line;
    expect([whole.id, whole.first, lastOf(whole)]).toEqual([known.id, 1, 8]);
    for (let step = 1; step <= 8; step++) {
      expect(hashOf(whole, step)).toBe(hash(step));
      expect(lossOf(whole, step)).toBe(1 / step);
      const found = nearest(whole, step);
      expect(documentJson(found.document)).toBe(documentJson(at(found.step)));
    }
    expect(whole.bytes).toBe(lengthOf(whole));
    expect(wayTo(whole, 8)).toEqual({ step: 1, document: START });
  });

  test('that leads to other numbers is ignored', () => {
    const other = { ...before, hashes: before.hashes.with(4, 'other') };
    expect(preceded(known, other)).toBeNull();
    expect(preceded(known, extendLine(witnessedStart, 1, advance(1, 2, 1)))).toBeNull();
  });
});

describe('the stored documents', () => {
  test('are those of every training step up to the limit, then of every second, fourth, …, and never more', () => {
    let thinner = 0;
    for (let seed = 0; seed < 40; seed++) {
      const draw = random(seed);
      const most = Math.round(300 + draw() * 4000);
      let line: Line = witnessedStart;
      let step = 1;
      while (step < 120) {
        const steps = 1 + Math.floor(draw() * 30);
        const aligned = (step - 1) % line.stride === 0;
        line = extendLine(line, step, advance(step, steps, aligned ? line.stride : null), most);
        step += steps;
        expect(line.bytes).toBeLessThanOrEqual(most);
        expect(line.bytes).toBe(lengthOf(line));
        for (const stored of line.kept.keys()) expect((stored - 1) % line.stride).toBe(0);
      }
      thinner += Number(line.stride > 1);
      for (let target = 1; target <= step; target++) {
        const found = nearest(line, target);
        expect(found.step).toBeLessThanOrEqual(target);
        expect(documentJson(found.document)).toBe(documentJson(at(found.step)));
      }
    }
    // The property is about lines that had to be thinned.
    expect(thinner).toBeGreaterThan(30);
  });

  test('may be only the start, from which all can be computed again', () => {
    const line = bare(extendLine(witnessedStart, 1, advance(1, 9, 1)));
    expect(line.bytes).toBe(0);
    expect(nearest(line, 8).step).toBe(1);
    expect(hashOf(line, 8)).toBe(hash(8));
    const none = extendLine(witnessedStart, 1, advance(1, 9, 1), 10);
    expect([none.kept.size, lastOf(none)]).toEqual([0, 10]);
  });
});
