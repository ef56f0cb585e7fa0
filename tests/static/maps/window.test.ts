import { describe, expect, test } from 'vitest';
import { type Lines, productFor, windowAt } from '@/maps/window';
import { valueAt } from '@/model/lookup';
import { IMAGE_SLUGS, recorded, SEQUENCE_SLUG } from '../recorded';

const numbers = (lines: Lines) => lines.map((line) => line.map((entry) => entry?.value ?? null));

test('the example is the product as computed by hand', () => {
  const { trace } = recorded('convolution');
  const product = productFor(trace, 'conv_1.output[0,0,1,0]');
  expect(product && numbers(product.patches)).toEqual([
    [1, 2, 4, 5],
    [2, 3, 5, 6],
    [4, 5, 7, 8],
    [5, 6, 8, 9],
  ]);
  expect(product && numbers(product.filters)).toEqual([[1], [2], [3], [4]]);
  expect(product && numbers(product.outputs)).toEqual([[37], [47], [67], [77]]);
  expect(product?.patches.map((line) => line.map((entry) => entry?.mark))[2]).toEqual(Array(4).fill('bright'));
  expect(product?.patches[1]?.some((entry) => entry?.mark)).toBe(false);
});

test('on a sequence the window and the filter have a row for each channel', () => {
  const { trace } = recorded(SEQUENCE_SLUG);
  const window = windowAt(trace, 'conv_1.output[0,1,2]');
  expect(window?.channels).toBe(1);
  expect(window?.seen.map(({ window: seen, filter }) => [numbers(seen), filter && numbers(filter)])).toEqual([
    [
      [
        [2, 4, 5],
        [5, 3, 1],
      ],
      [
        [1, 0, -1],
        [-1, 0, 1],
      ],
    ],
  ]);
  const product = productFor(trace, 'conv_1.output[0,1,2]');
  expect(product && numbers(product.patches)[2]).toEqual([2, 4, 5, 5, 3, 1]);
  expect(product && numbers(product.outputs)).toEqual([
    [4, -4],
    [5, -5],
    [7, -7],
    [6, -6],
  ]);
});

describe.each(IMAGE_SLUGS)('in %s', (slug) => {
  const { trace } = recorded(slug);
  const layer = trace.layers[0] as (typeof trace.layers)[number];
  const image = trace.tensors[layer.output] as unknown as number[][][][];

  test('row times column plus bias is the output if all of them are shown', () => {
    for (const [f, map] of (image[0] ?? []).entries()) {
      for (const [r, row] of map.entries()) {
        for (const [s, value] of row.entries()) {
          const product = productFor(trace, `${layer.output}[0,${f},${r},${s}]`);
          const lit = product?.patches.find((line) => line.some((entry) => entry?.mark)) ?? [];
          const column = product?.filters.map((line) => line.find((entry) => entry?.mark)) ?? [];
          expect(lit).toHaveLength(product?.taps ?? 0);
          const sum = lit.reduce((all, entry, tap) => all + (entry?.value ?? 0) * (column[tap]?.value ?? 0), 0);
          expect(sum + (product?.bias?.value ?? 0)).toBeCloseTo(value, 10);
        }
      }
    }
  });

  test('every number is in the trace', () => {
    const product = productFor(trace, `${layer.output}[0,0,1,1]`);
    const entries = [product?.patches, product?.filters, product?.outputs].flat(2).filter((entry) => entry?.ref);
    expect(entries.length).toBeGreaterThan(8);
    for (const entry of entries) expect(valueAt(trace, entry?.ref as string), entry?.ref as string).toBe(entry?.value);
  });
});

test('of many places, those around the chosen one are shown, and all are counted', () => {
  const { trace } = recorded('digits-cnn');
  const product = productFor(trace, 'conv_1.output[0,3,4,4]');
  expect(product?.places).toBe(64);
  expect(product?.patches).toHaveLength(7);
  expect(product?.patches[0]).toEqual(Array(9).fill(null));
  expect(product?.outputs[3]?.at(-1)).toMatchObject({ ref: 'conv_1.output[0,3,4,4]', mark: 'bright' });
});

test('padding is 0 and is not a number of the network', () => {
  const { trace } = recorded('digits-cnn');
  const product = productFor(trace, 'conv_1.output[0,0,0,0]');
  expect(product?.patches[0]?.slice(0, 3)).toEqual(Array(3).fill({ ref: null, value: 0, mark: 'bright' }));
});

test('only a convolution is such a product', () => {
  const { trace } = recorded('digits-cnn');
  expect(productFor(trace, 'max_pool_1.output[0,0,0,0]')).toBeNull();
});

test('an output has the windows of its channels, and the chosen number of a maximum is marked', () => {
  const { trace } = recorded('digits-cnn');
  const conv = windowAt(trace, 'conv_1.output[0,2,0,7]');
  expect(conv?.seen[0]?.window.map((row) => row.map((cell) => cell?.ref))).toEqual([
    [null, null, null],
    ['x[0,0,0,6]', 'x[0,0,0,7]', null],
    ['x[0,0,1,6]', 'x[0,0,1,7]', null],
  ]);
  expect(conv?.seen[0]?.filter?.[2]?.[0]?.ref).toBe('conv_1.w[2,0,2,0]');
  expect(conv?.bias?.ref).toBe('conv_1.b[2]');
  const pool = windowAt(trace, 'max_pool_1.output[0,1,1,2]');
  const won = pool?.seen.flatMap(({ window }) => window.flat()).filter((cell) => cell?.mark === 'won') ?? [];
  expect(won.map((cell) => cell?.value)).toEqual([valueAt(trace, 'max_pool_1.output[0,1,1,2]')]);
  expect(pool?.seen[0]?.filter).toBeNull();
  expect(windowAt(trace, 'flatten_1.output[0,0]')).toBeNull();
});
