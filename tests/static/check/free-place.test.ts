import { expect, test } from 'vitest';
import { freePlace } from '@/check/free-place';

const LEVEL = 100;
const steep = (x: number) => [
  { x, y: 0 },
  { x, y: 200 },
];

test('a word stands at the right end, above its line, where nothing is in the way', () => {
  expect(freePlace(LEVEL, 40, 340, [])).toMatchObject({ anchor: 'end', x: 336 });
  expect(freePlace(LEVEL, 40, 340, []).y).toBeLessThan(LEVEL);
});

test('it makes way for what runs through', () => {
  expect(freePlace(LEVEL, 40, 340, [steep(300)]).anchor).toBe('middle');
  expect(freePlace(LEVEL, 40, 340, [steep(300), steep(190)]).anchor).toBe('start');
});

test('it stands below where only that is free', () => {
  const above = [
    { x: 40, y: LEVEL - 8 },
    { x: 340, y: LEVEL - 8 },
  ];
  expect(freePlace(LEVEL, 40, 340, [above]).y).toBeGreaterThan(LEVEL);
});

test('lines that are apart are not joined', () => {
  const apart = [[{ x: 60, y: 0 }], [{ x: 320, y: 199 }]];
  expect(freePlace(LEVEL, 40, 340, apart).anchor).toBe('end');
});
