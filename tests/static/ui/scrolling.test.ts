import { expect, test } from 'vitest';
import { beginningFor } from '@/ui/scrolling';

test('the target is completely visible, and the first visible element is complete', () => {
  const starts = [0, 120, 260, 410];
  expect(beginningFor(starts, { start: 120, end: 250 }, 300)).toBe(0);
  expect(beginningFor(starts, { start: 260, end: 400 }, 300)).toBe(120);
  expect(beginningFor(starts, { start: 410, end: 700 }, 300)).toBe(410);
});

test('a target taller than the room starts at the top', () => {
  expect(beginningFor([0, 120], { start: 120, end: 900 }, 300)).toBe(120);
});
