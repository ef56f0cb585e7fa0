/** Other data for a document: a set, and its rows as those of the document. */

import { describe, expect, it } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import { hasMiniBatches, withOwnRows, withSet } from '@/state/rows';

type Kind = Parameters<typeof withSet>[1];
const kind = (set: string, noise = true, most = 10_000): Kind => ({ set, noise, most }) as Kind;
const before = { layers: [], x: [[1, 2]], y: [[3]], position: { epoch: 1, step: 2 } } as unknown as NetworkDocument;

const dataOf = (data: object, next: Kind) => withSet({ ...before, data } as NetworkDocument, next).data;

describe('a set', () => {
  it('replaces the rows and begins with the first mini-batch', () => {
    expect(withSet(before, kind('spiral'))).toEqual({ layers: [], data: { set: 'spiral' } });
  });

  it('keeps the settings that another set has too', () => {
    const settings = { samples: 300, noise: 0.2, seed: 4, batch: 10, held_out: 0.2, order: 'shuffled', scale: 'none' };
    expect(dataOf({ set: 'circle', ...settings }, kind('spiral'))).toEqual({ set: 'spiral', ...settings });
  });

  it('has its own number of samples after the digits, and the digits after it', () => {
    expect(dataOf({ set: 'digits', samples: 1797, batch: 500, seed: 1 }, kind('digits', false, 1797))).toEqual({
      set: 'digits',
      seed: 1,
    });
    expect(dataOf({ set: 'spiral', samples: 3000, noise: 0.1, batch: 500 }, kind('digits', false, 1797))).toEqual({
      set: 'digits',
    });
  });

  it('drops the rows, columns and mini-batches of a table', () => {
    const table = { rows: { x: [[1]], y: [[2]] }, columns: [], batch: 7, order: 'given', held_out: 0.5 };
    expect(dataOf(table, kind('sine'))).toEqual({ set: 'sine', order: 'given', held_out: 0.5 });
  });
});

it('rows of its own replace a set, and keep how it is divided', () => {
  const data = { set: 'spiral', samples: 2, noise: 0, seed: 1, batch: 1, order: 'shuffled' };
  const rows = { x: [[1, 2], [3, 4]], y: [0, 1] }; // biome-ignore format: rows
  const made = withOwnRows({ ...before, data } as NetworkDocument, rows);
  expect(made.data).toEqual({ seed: 1, batch: 1, order: 'shuffled', rows });
  expect(made.position).toEqual({ epoch: 1, step: 2 });
  expect(withOwnRows({ ...before, data } as NetworkDocument, { x: rows.x, y: null }).data?.rows).toEqual({ x: rows.x });
});

it('rows that say nothing of mini-batches are one batch', () => {
  const of = (data: object | undefined) => hasMiniBatches({ data } as NetworkDocument);
  expect([of(undefined), of({ rows: {} }), of({ rows: {}, scale: 'none' })]).toEqual([false, false, false]);
  expect([of({ set: 'xor' }), of({ rows: {}, batch: 3 }), of({ rows: {}, seed: 0 })]).toEqual([true, true, true]);
});
