import { expect, test } from 'vitest';
import { fitted, SIZES } from '@/matrices/fitting';
import { equationsIn } from './networks';

const equations = equationsIn('two-layers');

test('numbers grow with the room, up to a limit', () => {
  const sizes = [650, 1200, 1800].map((room) => fitted(equations, room, false).size);
  expect(sizes[0]).toBeLessThan(sizes[1] as number);
  expect(sizes[1]).toBeLessThanOrEqual(sizes[2] as number);
  expect(sizes[2]).toBe(SIZES.most);
});

test('left sides that would use half of the room, or are beside maps, have a separate line', () => {
  expect(fitted(equations, 1200, false).left).toBeGreaterThan(0);
  expect(fitted(equations, 300, false)).toMatchObject({ left: null });
  expect(fitted(equationsIn('digits-cnn'), 1200, true)).toMatchObject({ left: null });
});
