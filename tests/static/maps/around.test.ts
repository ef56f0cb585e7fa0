import { expect, test } from 'vitest';
import { around } from '@/maps/window';
import { valueAt } from '@/model/lookup';
import { recorded } from '../recorded';

const { trace } = recorded('digits-cnn');

test.each([
  ['x[0,0,4,4]', 3, 7],
  ['x[0,0,0,0]', 3, 7],
  ['relu_1.output[0,3,7,7]', 3, 7],
  ['max_pool_1.output.grad[0,1,2,2]', 3, 4],
  // In a vector, the neighbours before and after it, side by side.
  ['flatten_1.output[0,63]', 1, 7],
  ['y[0,0]', 1, 7],
])('around %s are %i rows of %i numbers of the trace', (ref, rows, columns) => {
  const found = around(trace, ref);
  expect(found?.map((row) => row.length)).toEqual(Array(rows).fill(columns));
  const cells = found?.flat() ?? [];
  expect(cells.filter(({ mark }) => mark === 'own').map((one) => one.ref)).toEqual([ref]);
  for (const { ref, value } of cells) expect(value).toBe(valueAt(trace, ref as string));
});

test('a number in no map has no surroundings', () => {
  expect(around(trace, 'loss')).toBeNull();
  expect(around(trace, 'conv_1.b[0]')).toBeNull();
});
