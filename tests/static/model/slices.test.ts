import { expect, test } from 'vitest';
import { knownIn } from '@/maps/view';
import { finish, positionOf } from '@/model/cursor';
import { valueAt } from '@/model/lookup';
import { parseRef } from '@/model/refs';
import { reached } from '@/model/results';
import { columnsOf, keyOf, placeIn, refAt, type Slice, valuesOf } from '@/model/slices';
import { recorded } from '../recorded';

const { trace } = recorded('digits-cnn');
const columns = columnsOf(trace);
const slices = columns.flatMap((column) => column.slices);

test('the input, each layer, the probabilities and the target have a column, with a map for each channel', () => {
  expect(columns.map(({ id, slices }) => `${id} ${slices.length}`)).toEqual([
    'x 1',
    'conv_1 4',
    'relu_1 4',
    'max_pool_1 4',
    'flatten_1 1',
    'fc_1 1',
    'loss.p 1',
    'y 1',
  ]);
  expect(new Set(slices.map(keyOf)).size).toBe(slices.length);
});

test('a map has the numbers of its refs', () => {
  for (const slice of slices) {
    for (const derivative of ['', 'grad'] as const) {
      valuesOf(trace, slice, derivative).forEach((row, r) => {
        row.forEach((value, c) => {
          expect(valueAt(trace, refAt(slice, r, c, derivative && `.${derivative}`))).toBe(value);
        });
      });
    }
  }
});

test('a class in the document is a 1 among zeros', () => {
  const values = valuesOf(trace, columns.at(-1)?.slices[0] as Slice, '');
  expect(values.flat()).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
});

test('a ref is found in its map, and in no other', () => {
  const [, conv] = columns;
  const index = parseRef('conv_1.output[0,2,5,3]')?.index ?? [];
  expect(conv?.slices.map((slice) => placeIn(slice, index))).toEqual([null, null, [5, 3], null]);
});

test('a map is filled number by number, as each is computed', () => {
  const conv = columns[1]?.slices[1] as Slice;
  const relu = columns[2]?.slices[3] as Slice;
  const flat = columns[4]?.slices[0] as Slice;
  for (const [slice, face] of [
    [conv, 'value'],
    [relu, 'gradient'],
    [flat, 'value'],
  ] as const) {
    for (let step = 0; step < 1800; step += 37) {
      const cursor = positionOf(trace.stages, 'node', step);
      const known = knownIn(trace.stages, cursor, slice, face);
      for (let place = 0; place < slice.rows * slice.columns; place += 5) {
        const [r, c] = [Math.floor(place / slice.columns), place % slice.columns];
        const ref = refAt(slice, r, c, face === 'gradient' ? '.grad' : '');
        expect(reached(trace, cursor, ref), `${ref} at ${cursor}`).toBe(place < known);
      }
    }
  }
});

test('given numbers are known from the start, and all numbers at the end', () => {
  expect(knownIn(trace.stages, 0, columns[0]?.slices[0] as Slice, 'value')).toBe(64);
  expect(knownIn(trace.stages, 0, columns.at(-1)?.slices[0] as Slice, 'value')).toBe(10);
  for (const slice of slices.filter(({ tensor }) => tensor !== 'y')) {
    for (const face of ['value', 'gradient'] as const) {
      expect(knownIn(trace.stages, finish(trace.stages), slice, face), keyOf(slice)).toBe(slice.rows * slice.columns);
      if (slice.tensor !== 'x') expect(knownIn(trace.stages, 0, slice, face)).toBe(0);
    }
  }
});
