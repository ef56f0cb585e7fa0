import { expect, test } from 'vitest';
import { landing } from '@/build/layers/LayerPart';

test('a dragged layer is inserted after the layers whose middle is above its own', () => {
  const middles = [10, 50, 120];
  expect(landing(middles, 0, 0)).toBe(0);
  expect(landing(middles, 0, 39)).toBe(0);
  expect(landing(middles, 0, 41)).toBe(1);
  expect(landing(middles, 0, 500)).toBe(2);
  expect(landing(middles, 2, -71)).toBe(1);
  expect(landing(middles, 2, -500)).toBe(0);
});
