import { expect, test } from 'vitest';
import type { NetworkDocument, Problem } from '@/api/types';
import { wayOut } from '@/state/requestError';
import { recorded } from '../recorded';

const { document } = recorded('two-layers').trace;
const LAYERS = document.layers;
const POOL = { type: 'MaxPool2D', size: 2, stride: 2 } as NetworkDocument['layers'][number];

function refused(key: Problem['key'], where: string, more: Partial<Problem> = {}): Problem {
  const rest = { limit: null, asked: null, allowed: null, suggestion: null, version: null, errors: null };
  return { type: 'about:blank', title: '', status: 422, detail: '', key, where, values: {}, ...rest, ...more };
}

function withLayer(place: number, layer: object, x = document.x): NetworkDocument {
  return { ...document, x, layers: LAYERS.toSpliced(place, 0, layer as NetworkDocument['layers'][number]) };
}

test('fields that do not belong to a layer are removed', () => {
  const given = withLayer(0, { type: 'Linear', output_dim: 2, bias: false, b: [1, 2] });
  const way = wayOut(refused('no_bias', '/layers/0/b'), given, '');
  expect(way?.title).toBe('Leave it out');
  expect(way?.document.layers[0]).toEqual({ type: 'Linear', output_dim: 2, bias: false });
});

test('of several locks only the lock of a missing bias is removed', () => {
  const both = withLayer(0, { type: 'Linear', output_dim: 2, bias: false, frozen: ['w', 'b'] });
  const way = wayOut(refused('no_bias', '/layers/0/frozen'), both, '');
  expect(way?.document.layers[0]).toMatchObject({ bias: false, frozen: ['w'] });
  const relu = withLayer(0, { type: 'ReLu', frozen: ['w'] });
  expect(wayOut(refused('misplaced', '/layers/0/frozen'), relu, '')?.document.layers[0]).toEqual({ type: 'ReLu' });
});

test('a layer of images that comes too late is moved to the start, and samples become images', () => {
  const x = [
    [1, 2, 3, 4, 5, 6],
    [7, 8, 9, 10, 11, 12],
  ];
  const way = wayOut(refused('needs_image', '/layers/1'), withLayer(1, POOL, x), '/layers');
  expect(way?.title).toBe('Put it first, with samples as images of 1 × 2 × 3');
  expect(way?.document.layers).toEqual([POOL, ...LAYERS]);
  expect(way?.document.input_shape).toEqual([1, 2, 3]);
  expect(way?.document.x?.[1]).toEqual([
    [
      [7, 8, 9],
      [10, 11, 12],
    ],
  ]);
});

test('images with a prime number of pixels are a line', () => {
  const way = wayOut(refused('needs_image', '/layers/0'), withLayer(0, POOL, [[1, 2, 3]]), '/layers');
  expect(way?.title).toBe('Take samples as images of 1 × 1 × 3');
  expect(way?.document.x).toEqual([[[[1, 2, 3]]]]);
});

test('in a network on images it is moved before the layer that flattens them', () => {
  const x = [
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ];
  const flat = { type: 'Flatten', name: 'flatten_1' } as NetworkDocument['layers'][number];
  const rows = { ...document, x, layers: [flat, ...LAYERS, POOL] };
  const at = `/layers/${LAYERS.length + 1}`;
  const way = wayOut(refused('needs_image', at, { values: { flattened: 0 } }), rows, '/layers');
  expect(way?.title).toBe('Put it before flatten_1');
  expect(way?.document.layers).toEqual([POOL, flat, ...LAYERS]);
  expect(way?.document.x).toBe(x);
});

test('sequences are images of one row, and images sequences with a channel for each row', () => {
  const conv = { type: 'Conv1D', n_filter: 1, w_filter: 2 } as NetworkDocument['layers'][number];
  const sequences = [
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ] as unknown as NetworkDocument['x'];
  const one = wayOut(refused('needs_image', '/layers/0'), withLayer(0, POOL, sequences), '/layers');
  expect(one?.title).toBe('Take samples as images of 2 × 1 × 3');
  expect(one?.document.x).toEqual([[[[1, 2, 3]], [[4, 5, 6]]]]);
  const images = [[[[1, 2, 3]], [[4, 5, 6]]]] as unknown as NetworkDocument['x'];
  const other = wayOut(refused('needs_sequence', '/layers/0'), withLayer(0, conv, images), '/layers');
  expect(other?.title).toBe('Take samples as sequences of 2 × 3');
  expect(other?.document).toMatchObject({ input_shape: [2, 3], x: sequences });
  const rows = wayOut(refused('needs_sequence', '/layers/1'), withLayer(1, conv, [[1, 2, 3]]), '/layers');
  expect(rows?.title).toBe('Put it first, with samples as sequences of 1 × 3');
  expect(rows?.document).toMatchObject({ layers: [conv, ...LAYERS], x: [[[1, 2, 3]]] });
});

test('a layer of images after layers of sequences is removed', () => {
  const sequences = [[[1, 2, 3]]] as unknown as NetworkDocument['x'];
  const way = wayOut(refused('needs_image', '/layers/1'), withLayer(1, POOL, sequences), '/layers');
  expect(way?.title).toBe('Leave it out');
  expect(way?.document.layers).toEqual(LAYERS);
});

test('a request at which the server failed is repeated unchanged', () => {
  for (const key of ['internal', 'storage', 'storage_busy', 'quota_minute'] as const) {
    expect(wayOut(refused(key, ''), document, '/x')).toEqual({ title: 'Try again', document });
  }
  expect(wayOut(refused('not_json', ''), document, '/x')).toBeNull();
});
