/** Other data for a document: a set, and its rows as those of the document. */

import { describe, expect, it } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import {
  changedPoints,
  changePoints,
  type DataRows,
  hasMiniBatches,
  isPlane,
  knownTargets,
  withOwnRows,
  withSet,
} from '@/state/rows';
import { network } from '@/state/store';

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

describe('a point changed by hand', () => {
  const classes = { x: [[1, 2], [3, 4], [5, 6]], y: [0, 1, 2] }; // biome-ignore format: rows
  const columns = { x: [[1, 2], [3, 4]], y: [[0, 7], [1, 8]] }; // biome-ignore format: rows
  const curve = { x: [[1], [3]], y: [[2], [4]] };

  it('moves alone: in the plane its inputs, of a function its target', () => {
    const before = structuredClone(classes);
    const moved = changedPoints(classes, { kind: 'move', row: 1, point: [7, 8] });
    expect(moved).toEqual({ x: [[1, 2], [7, 8], [5, 6]], y: [0, 1, 2] }); // biome-ignore format: rows
    expect(classes).toEqual(before);
    expect(changedPoints(curve, { kind: 'move', row: 0, point: [7, 8] })).toEqual({ x: [[7], [3]], y: [[8], [4]] });
  });

  it('is added at the end with its target, in the form of the other targets', () => {
    const add = { kind: 'add', point: [7, 8], target: 1 } as const;
    expect(changedPoints(classes, add)).toEqual({ x: [...classes.x, [7, 8]], y: [0, 1, 2, 1] });
    expect(changedPoints(columns, add).y).toEqual([[0, 7], [1, 8], [1, 7]]); // biome-ignore format: rows
    expect(changedPoints(curve, add)).toEqual({ x: [[1], [3], [7]], y: [[2], [4], [8]] });
    expect(changedPoints({ x: [[1, 2]], y: null }, add)).toEqual({ x: [[1, 2], [7, 8]], y: null }); // biome-ignore format: rows
  });

  it('is removed with its target', () => {
    expect(changedPoints(classes, { kind: 'remove', row: 1 })).toEqual({ x: [[1, 2], [5, 6]], y: [0, 2] }); // biome-ignore format: rows
    expect(changedPoints({ x: [[1, 2], [3, 4]], y: null }, { kind: 'remove', row: 0 })).toEqual({ x: [[3, 4]], y: null }); // biome-ignore format: rows
  });

  it('has another target, the first if it has several', () => {
    expect(changedPoints(classes, { kind: 'target', row: 2, target: 0 })).toEqual({ x: classes.x, y: [0, 1, 0] });
    expect(changedPoints(columns, { kind: 'target', row: 1, target: 0 }).y).toEqual([[0, 7], [0, 8]]); // biome-ignore format: rows
  });
});

it('a set keeps its points until they are known: the shown ones are still those of the data before', () => {
  const document = { ...before, data: { set: 'spiral' } } as NetworkDocument;
  network.value = document;
  const rows = { x: [[1, 2], [3, 4]], y: [[0], [1]] } as unknown as DataRows; // biome-ignore format: rows
  expect(changePoints(rows, { kind: 'remove', row: 0 }, 'removed')).toBe(false);
  expect(network.value).toBe(document);
  network.value = null;
});

it('rows are points of a plane with two inputs, or with one and one target', () => {
  const of = (x: unknown, y: unknown) => isPlane({ x, y } as Parameters<typeof isPlane>[0]);
  expect([of([[1, 2]], null), of([[1]], [[2]])]).toEqual([true, true]);
  expect([of([[1]], [[2, 3]]), of([[1]], [0]), of([[1]], null)]).toEqual([false, false, false]);
  expect([of([[1, 2, 3]], null), of([[[1], [2]]], null), of([], [])]).toEqual([false, false, false]);
});

it('targets are chosen from a menu if they are few whole numbers', () => {
  const of = (y: unknown[]) => knownTargets({ x: y.map(() => [0, 0]), y } as Parameters<typeof knownTargets>[0]);
  expect(of([2, 0, 1, 0])).toEqual([0, 1, 2]);
  expect(of([[1], [0]])).toEqual([0, 1]);
  expect(of([0.5, 1])).toBeNull();
  expect(of(Array.from({ length: 12 }, (_, target) => target))).toHaveLength(12);
  expect(of(Array.from({ length: 13 }, (_, target) => target))).toBeNull();
});
