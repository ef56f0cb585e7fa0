import { describe, expect, test } from 'vitest';
import type { NetworkDocument } from '@/api/types';
import type { Settings } from '@/model/layer-settings';
import { type Change, revised } from '@/model/revise';
import { recorded } from '../recorded';

const batch = frozen(recorded('batch-of-three').trace.document);
const NUMBERS = [
  { name: 'w', symbol: 'w' },
  { name: 'b', symbol: 'b' },
];
const LINEAR = { type: 'Linear', title: 'Linear', description: '', parameters: [], numbers: NUMBERS };
const revise = (document: NetworkDocument, change: Change) => revised(document, change, { layers: [LINEAR] });
const layer = (document: NetworkDocument, place: number) => document.layers[place] as Settings;

function frozen<T>(value: T): T {
  if (value && typeof value === 'object') {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}

describe('a change', () => {
  test('of a lock names the frozen parameters, and omits an empty list', () => {
    const one = revise(batch, { kind: 'freeze', at: 0, part: 'b', frozen: true });
    expect(layer(one, 0)).toEqual({ ...layer(batch, 0), frozen: ['b'] });
    const both = revise(one, { kind: 'freeze', at: 0, part: 'w', frozen: true });
    expect(layer(both, 0).frozen).toEqual(['b', 'w']);
    const none = revise(one, { kind: 'freeze', at: 0, part: 'b', frozen: false });
    expect(layer(none, 0)).toEqual(layer(batch, 0));
  });

  test('of the bias removes b, its lock and its optimizer state, and restores none of them', () => {
    const optimizer = { type: 'sgd', lr: 0.1, momentum: 0.9, state: { 'fc_1.b': {}, 'fc_1.w': {} } } as never;
    const locked = { ...revise(batch, { kind: 'freeze', at: 0, part: 'b', frozen: true }), optimizer };
    const without = revise(locked, { kind: 'set', at: 0, field: 'bias', value: false });
    const { b: _, ...others } = layer(batch, 0);
    expect(layer(without, 0)).toEqual({ ...others, bias: false });
    expect(Object.keys(without.optimizer.state ?? {})).toEqual(['fc_1.w']);
    expect(layer(revise(without, { kind: 'set', at: 0, field: 'bias', value: true }), 0)).toEqual(others);
  });

  test('of a width changes only that number: the service adapts the rest', () => {
    const wider = revise(batch, { kind: 'set', at: 0, field: 'output_dim', value: 5 });
    expect(layer(wider, 0)).toEqual({ ...layer(batch, 0), output_dim: 5 });
    expect(layer(wider, 2)).toBe(layer(batch, 2));
  });

  test('of an activation keeps all weights', () => {
    const other = revise(batch, { kind: 'become', at: 1, layer: { type: 'Tanh' } });
    expect(other.layers.map(({ type }) => type)).toEqual(['Linear', 'Tanh', 'Linear']);
    expect([layer(other, 0), layer(other, 2)]).toEqual([layer(batch, 0), layer(batch, 2)]);
  });

  test('of the order keeps all weights', () => {
    const moved = revise(batch, { kind: 'move', from: 0, to: 1 });
    expect(moved.layers.map(({ name }) => name)).toEqual(['relu_1', 'fc_1', 'fc_2']);
    expect(layer(moved, 1)).toBe(layer(batch, 0));
  });

  test('that draws new weights drops their optimizer state', () => {
    const remembered = { velocity: [1, 2, 3, 4] };
    const state = { 'fc_1.b': remembered, 'fc_2.b': { velocity: [1, 2] } };
    const optimizer = { type: 'sgd', lr: 0.1, momentum: 0.9, state };
    const document = frozen({ ...batch, optimizer } as unknown as NetworkDocument);
    const one = revise(document, { kind: 'draw', at: 2 });
    expect(one.optimizer).toEqual({ type: 'sgd', lr: 0.1, momentum: 0.9, state: { 'fc_1.b': remembered } });
    const anew = revise(document, { kind: 'draw' });
    expect(anew.optimizer).toEqual({ type: 'sgd', lr: 0.1, momentum: 0.9 });
  });

  test('to the weights of the seed keeps every setting and drops every number', () => {
    const dropout = { type: 'Dropout', name: 'd', probability: 0.5, seed: 3, passes: 7 };
    const document = revise(batch, { kind: 'add', at: 1, layer: dropout });
    const anew = revise(document, { kind: 'draw' });
    expect(anew.layers).toEqual([
      { type: 'Linear', name: 'fc_1', output_dim: 4 },
      { type: 'Dropout', name: 'd', probability: 0.5, seed: 3 },
      { type: 'ReLu', name: 'relu_1' },
      { type: 'Linear', name: 'fc_2', output_dim: 2 },
    ]);
    expect(anew.seed).toBe(batch.seed);
    expect(layer(revise(document, { kind: 'draw', at: 3 }), 0)).toBe(layer(document, 0));
    const next = revise(document, { kind: 'draw', seed: 8 });
    expect([next.seed, layer(next, 1)]).toEqual([8, { type: 'Dropout', name: 'd', probability: 0.5 }]);
    const other = revise(document, { kind: 'seed', seed: 5 });
    expect(other.seed).toBe(5);
    expect(layer(other, 1)).toEqual({ type: 'Dropout', name: 'd', probability: 0.5 });
  });

  test('of the rule applies to all layers that have weights', () => {
    const other = revise(batch, { kind: 'rule', rule: 'he_normal', types: ['Linear'] });
    expect(layer(other, 0)).toEqual({ type: 'Linear', name: 'fc_1', output_dim: 4, initialiser: 'he_normal' });
    expect(layer(other, 1)).toEqual({ type: 'ReLu', name: 'relu_1' });
  });
});

/** Deterministic numbers that look random. */
function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function anyChange(document: NetworkDocument, draw: (below: number) => number): Change {
  const count = document.layers.length;
  const at = draw(count);
  const made: Settings[] = [
    { type: 'Linear', output_dim: 1 + draw(4) },
    { type: 'ReLu' },
    { type: 'BatchNorm' },
    { type: 'Flatten' },
    { type: 'Conv2D', n_filter: 1, h_filter: 2, w_filter: 2 },
  ];
  const one = made[draw(made.length)] as Settings;
  const changes: Change[] = [
    { kind: 'add', at: draw(count + 1), layer: one },
    { kind: 'become', at, layer: one },
    { kind: 'move', from: at, to: draw(count) },
    { kind: 'set', at, field: 'output_dim', value: 1 + draw(4) },
    { kind: 'draw', at },
    ...(count > 1 ? [{ kind: 'remove', at } as const] : []),
  ];
  return changes[draw(changes.length)] as Change;
}

test.each(Array.from({ length: 30 }, (_, seed) => seed))('any changes keep the rest (%i)', (seed) => {
  const draw = drawing(seed);
  let document = batch;
  for (let turn = 0; turn < 25; turn++) {
    const change = anyChange(document, draw);
    const next = frozen(revise(document, change));
    expect({ ...next, layers: [] }).toEqual({ ...document, layers: [] });
    const others = next.layers.filter((one) => !document.layers.includes(one));
    expect(others.length).toBeLessThanOrEqual(1);
    document = next;
  }
});
