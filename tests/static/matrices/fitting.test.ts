import { expect, test } from 'vitest';
import { equationsOf } from '@/matrices/equations';
import { fitted, SIZES } from '@/matrices/fitting';
import { recorded } from '../recorded';

const { trace } = recorded('two-layers');
const equations = equationsOf(trace);

test('numbers grow with the room, and no further than that', () => {
  const sizes = [650, 1200, 1800].map((room) => fitted(equations, room, false).size);
  expect(sizes[0]).toBeLessThan(sizes[1] as number);
  expect(sizes[1]).toBeLessThanOrEqual(sizes[2] as number);
  expect(sizes[2]).toBe(SIZES.most);
});

test('where left sides would take half of the room, and beside maps, each has a line of its own', () => {
  expect(fitted(equations, 1200, false).left).toBeGreaterThan(0);
  expect(fitted(equations, 300, false)).toMatchObject({ left: null });
  expect(fitted(equationsOf(recorded('digits-cnn').trace), 1200, true)).toMatchObject({ left: null });
});
