import { describe, expect, test } from 'vitest';
import type { Trace } from '@/api/types';
import { type Placed, placed, type Size, totalWidth } from '@/maps/layout';
import { columnsOf } from '@/model/slices';
import { recorded, SEQUENCE_SLUG } from '../recorded';

const NONE: ReadonlySet<string> = new Set();
const LAPTOP = { width: 644, height: 200 };

/** A network of one elementwise layer on images of this shape. */
function elementwise(channels: number, side: number): Trace {
  const image = Array.from({ length: channels }, () => Array.from({ length: side }, () => Array(side).fill(0.5)));
  const layer = { name: 'relu_1', type: 'ReLu', inputs: ['x'], output: 'relu_1.output', parameters: [] };
  return {
    sample: 0,
    document: { x: [image], y: [image], layers: [] },
    tensors: { x: [image], y: [image], 'relu_1.output': [image] },
    layers: [layer],
    loss: { quantities: [] },
  } as never;
}

describe.each([
  ['convolution', columnsOf(recorded('convolution').trace)],
  ['digits-cnn', columnsOf(recorded('digits-cnn').trace)],
] as const)('the maps of %s', (_, columns) => {
  test.each([LAPTOP, { width: 780, height: 330 }, { width: 1200, height: 560 }])('fit into %o', (space) => {
    const all = placed(columns, { space, zoom: 1, opened: NONE });
    expect(totalWidth(all, space)).toBeLessThanOrEqual(space.width);
    for (const { column, cell, shown, rows } of all) {
      const height = (column.slices[0]?.vector ? rows : (column.slices[0]?.rows ?? 0)) * cell.height;
      expect(height * shown.length, column.id).toBeLessThanOrEqual(space.height);
    }
  });

  test('fit at the size of a lecture, too', () => {
    const space = { width: 1240, height: 150 };
    const all = placed(columns, { space, zoom: 1, opened: NONE, type: 22 });
    expect(totalWidth(all, space, 22)).toBeLessThanOrEqual(space.width);
    expect(Math.max(...all.map(({ rows, cell }) => rows * cell.height))).toBeLessThanOrEqual(space.height);
  });

  test('are larger with more room, and when zoomed in', () => {
    const cells = (width: number, height: number, zoom: number) =>
      placed(columns, { space: { width, height }, zoom, opened: NONE }).map(({ cell }) => cell.height);
    const [usual, wide, near] = [cells(644, 200, 1), cells(1400, 700, 1), cells(644, 200, 2)];
    usual.forEach((size, at) => {
      expect(wide[at]).toBeGreaterThanOrEqual(size);
      expect(near[at]).toBeGreaterThan(size);
    });
  });
});

test('sequences fit, and are larger with more room or when zoomed in', () => {
  const columns = columnsOf(recorded(SEQUENCE_SLUG).trace);
  const at = (space: Size, zoom: number) => placed(columns, { space, zoom, opened: NONE });
  const widths = (all: Placed[]) => all.filter(({ column }) => column.shape.length === 2).map(({ cell }) => cell.width);
  for (const space of [LAPTOP, { width: 780, height: 330 }, { width: 1200, height: 560 }])
    expect(totalWidth(at(space, 1), space)).toBeLessThanOrEqual(space.width);
  const [usual, wide, near] = [at(LAPTOP, 1), at({ width: 1200, height: 560 }, 1), at(LAPTOP, 2)].map(widths);
  usual?.forEach((width, place) => {
    expect(wide?.[place]).toBeGreaterThan(width);
    expect(near?.[place]).toBeGreaterThan(width);
  });
});

test('filters on sequences have the height of their cells, or all fit below each other', () => {
  const columns = columnsOf(recorded(SEQUENCE_SLUG).trace);
  const of = (filters: number[], space = LAPTOP) => {
    const all = columns.map((column) => (column.filters ? { ...column, filters } : column));
    return placed(all, { space, zoom: 1, opened: NONE }).find(({ kernel }) => kernel);
  };
  const usual = of([2, 2, 3]);
  expect(usual?.kernel).toEqual(usual?.cell);
  expect(usual?.kernels).toBeGreaterThanOrEqual(2);
  const many = of([9, 2, 3]);
  expect(9 * 2 * (many?.kernel?.height ?? 0) + 8 * 5).toBeLessThanOrEqual(LAPTOP.height);
  const most = of([99, 2, 3]);
  expect(most?.kernel?.height).toBe(3);
  expect(most?.kernels).toBe(18);
});

test('the numbers of a sequence are bars if there is little width', () => {
  const columns = columnsOf(recorded(SEQUENCE_SLUG).trace);
  const [input] = placed(columns, { space: { width: 350, height: 200 }, zoom: 1, opened: NONE });
  expect(input?.cell).toEqual({ width: 10, height: 22 });
});

test('of many channels the first and the last are shown, and the others are counted', () => {
  const columns = columnsOf(elementwise(16, 28));
  const [, layer] = placed(columns, { space: LAPTOP, zoom: 1, opened: NONE });
  expect(layer?.shown).toContain(null);
  expect(layer?.shown.at(-1)?.prefix).toEqual([0, 15]);
  expect((layer?.left ?? 0) + (layer?.shown.length ?? 0) - 1).toBe(16);
});

test('all channels of an opened column are shown', () => {
  const columns = columnsOf(elementwise(16, 28));
  const [, layer] = placed(columns, { space: LAPTOP, zoom: 1, opened: new Set(['relu_1']) });
  expect(layer?.shown).toHaveLength(16);
  expect(layer?.left).toBe(0);
});

test('a long vector is cut, and its cells stay large enough to point at', () => {
  const vector = Array(784).fill(0);
  const trace = { ...elementwise(1, 4), tensors: { x: [vector] } } as never;
  const [input] = placed(columnsOf(trace), { space: LAPTOP, zoom: 1, opened: NONE });
  expect(input?.cell.height).toBe(3);
  expect((input?.rows ?? 0) + (input?.left ?? 0)).toBe(784);
  expect((input?.rows ?? 0) * 3).toBeLessThanOrEqual(LAPTOP.height);
});
