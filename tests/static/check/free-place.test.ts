import { expect, test } from 'vitest';
import { freePlace } from '@/check/free-place';

const LEVEL = 100;
const HALF = 30;
const steep = (x: number) => [
  { x, y: 0 },
  { x, y: 200 },
];
const level = (y: number) => [
  { x: 40, y },
  { x: 340, y },
];

test('a word stands at the right end, above its line, where nothing is in the way', () => {
  const { x, y } = freePlace(LEVEL, 40, 340, []);
  expect(x + HALF).toBeLessThanOrEqual(340);
  expect(x + HALF).toBeGreaterThan(330);
  expect(y).toBeLessThan(LEVEL);
});

test('it makes way for what runs through, no farther than it must', () => {
  const one = freePlace(LEVEL, 40, 340, [steep(300)]);
  expect(one.x + HALF).toBeLessThan(300);
  expect(one.x + HALF).toBeGreaterThan(280);
  const two = freePlace(LEVEL, 40, 340, [steep(300), steep(250)]);
  expect(two.x + HALF).toBeLessThan(250);
});

test('it stands below where only that is free', () => {
  expect(freePlace(LEVEL, 40, 340, [level(LEVEL - 8)]).y).toBeGreaterThan(LEVEL);
});

test('it is somewhere even where nothing is free', () => {
  const crowded = freePlace(LEVEL, 40, 340, [level(LEVEL - 8), level(LEVEL + 8)]);
  expect(crowded).toEqual(freePlace(LEVEL, 40, 340, []));
});

test('lines that are apart are not joined', () => {
  const apart = [[{ x: 60, y: 0 }], [{ x: 320, y: 199 }]];
  expect(freePlace(LEVEL, 40, 340, apart)).toEqual(freePlace(LEVEL, 40, 340, []));
});
