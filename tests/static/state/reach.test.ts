import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Advanced, Refused } from '@/api/client';
import type { NetworkDocument } from '@/api/types';
import { setAt } from '@/model/json';
import { extendLine, type Line, lastOf, lineFrom } from '@/model/training-line';
import { piece, reach } from '@/state/walking';
import { recorded } from '../recorded';

const START = recorded('chapter').trace.document;
/** A service whose training steps count: the document of each has its number as a weight. */
const numbered = (step: number): NetworkDocument => setAt(START, '/layers/0/w/0/0', step);
const numberOf = (document: NetworkDocument): number => (document.layers[0] as { w: number[][] }).w[0]?.[0] as number;

const asked: { from: number; steps: number; every?: number }[] = [];
let answer: (from: number, steps: number, every?: number) => Advanced;

// Tests share a process: an already loaded module would still call the real service.
vi.hoisted(() => vi.resetModules());
vi.mock('@/api/client', async (original) => ({
  ...(await original<object>()),
  postAdvance: async (document: NetworkDocument, { steps, every }: { steps: number; every?: number }) => {
    const from = numberOf(document);
    asked.push({ from, steps, ...(every ? { every } : {}) });
    return answer(from, steps, every);
  },
}));

function counting(from: number, steps: number, every?: number): Advanced {
  const numbers = Array.from({ length: steps + 1 }, (_, place) => from + place);
  return {
    document: numbered(from + steps),
    hashes: numbers.map(String),
    losses: numbers.map((step) => 1 / step),
    starts: every
      ? numbers
          .slice(1, -1)
          .filter((step) => (step - from) % every === 0)
          .map((step) => ({ step: step - from, document: numbered(step) }))
      : [],
    stopped: null,
    nonfinite: [],
  };
}

const line = lineFrom(numbered(1));
const from = { line, step: 1, document: numbered(1) };
const way = () => ({ signal: new AbortController().signal, onReached: () => undefined });
const computed = (to: number): Line => extendLine(line, 1, counting(1, to - 1));

beforeEach(() => {
  asked.length = 0;
  answer = counting;
});

describe('the way to a training step', () => {
  test('is computed in consecutive pieces, each with a report', async () => {
    const told: number[] = [];
    const outcome = await reach(from, 300, {
      signal: new AbortController().signal,
      onReached: ({ step }) => told.push(step),
    });
    expect(outcome).toMatchObject({ kind: 'arrived', step: 300, document: numbered(300) });
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.reduce((sum, { steps }) => sum + steps, 0)).toBe(299);
    expect(told).toEqual(asked.map(({ from, steps }) => from + steps));
    if (outcome.kind !== 'arrived') throw new Error(outcome.kind);
    expect(lastOf(outcome.line)).toBe(300);
    expect(outcome.line.kept.size).toBe(299);
  });

  test('is empty if the training step is stored', async () => {
    const { line: known } = (await reach(from, 50, way())) as { line: Line };
    asked.length = 0;
    const there = { line: known, step: 50, document: numbered(50) };
    expect(await reach(there, 7, way())).toMatchObject({ kind: 'arrived', step: 7, document: numbered(7) });
    expect(await reach(there, 50, way())).toMatchObject({ step: 50 });
    expect(asked).toEqual([]);
  });

  test('starts at the nearest stored start before it', async () => {
    const thin = {
      ...computed(65),
      stride: 16,
      kept: new Map([17, 33, 49].map((step) => [step, JSON.stringify({ layers: numbered(step).layers })])),
    };
    const there = { line: thin, step: 65, document: numbered(65) };
    await reach(there, 40, way());
    expect(asked).toEqual([{ from: 33, steps: 7 }]);
    asked.length = 0;
    // Forward from the current step.
    await reach(there, 70, way());
    expect(asked[0]?.from).toBe(65);
  });

  test('ends where a training step has a different result', async () => {
    answer = (from, steps) => ({
      ...counting(from, steps),
      hashes: counting(from, steps).hashes.map((hash) => (hash === '9' ? 'other' : hash)),
    });
    const known = { ...computed(20), kept: new Map() };
    const outcome = await reach({ line: known, step: 20, document: numbered(20) }, 12, way());
    expect(outcome).toEqual({ kind: 'differs', step: 9 });
  });

  test('ends where a number is not finite, at the last finite one', async () => {
    answer = (from, steps) =>
      from + steps > 7
        ? { ...counting(from, 7 - from), stopped: { step: 8 - from, where: 'loss' } }
        : counting(from, steps);
    expect(await reach(from, 100, way())).toMatchObject({
      kind: 'stopped',
      step: 7,
      where: 'loss',
      document: numbered(7),
    });
  });

  test('ends when it is cancelled, with the steps so far', async () => {
    const own = new AbortController();
    answer = (from, steps) => {
      if (from === 1) return counting(from, steps);
      own.abort();
      throw new DOMException('', 'AbortError');
    };
    const outcome = await reach(from, 5000, { ...way(), signal: own.signal });
    expect(outcome).toMatchObject({ kind: 'aborted', step: 26, document: numbered(26) });
  });

  test('continues in smaller pieces if a limit of the service requires it, and reports other refusals', async () => {
    const problem = (limit: string | null) => new Refused({ limit, detail: 'no' } as never);
    answer = (from, steps) => {
      if (steps > 4) throw problem('MAX_ADVANCE_WORK');
      return counting(from, steps);
    };
    expect(await reach(from, 40, way())).toMatchObject({ kind: 'arrived', step: 40 });
    answer = () => {
      throw problem('MAX_ADVANCE_WORK');
    };
    await expect(reach(from, 40, way())).rejects.toThrow('no');
    answer = () => {
      throw problem(null);
    };
    asked.length = 0;
    await expect(reach(from, 40, way())).rejects.toThrow('no');
    expect(asked).toHaveLength(1);
  });
});

test('a piece ends at a start that is to be stored', () => {
  const thin = { ...computed(11), stride: 8 };
  expect(piece({ line: thin, step: 11 }, 1000, 100)).toEqual({ steps: 6, every: null });
  expect(piece({ line: thin, step: 17 }, 1000, 100)).toEqual({ steps: 100, every: 8 });
  expect(piece({ line: thin, step: 17 }, 20, 100)).toEqual({ steps: 3, every: null });
  // Stored documents are not sent again.
  const kept = { ...thin, kept: new Map([[17, '{}']]) };
  expect(piece({ line: kept, step: 9 }, 1000, 100)).toEqual({ steps: 100, every: null });
});
