import { expect, test } from 'vitest';
import { nearestLine } from '@/diagram/pointing';
import type { PlacedEdge } from '@/model/layout';

const line = (id: string, x1: number, y1: number, x2: number, y2: number): PlacedEdge =>
  ({ edge: { id }, from: { x: x1, y: y1 }, to: { x: x2, y: y2 } }) as unknown as PlacedEdge;

const lines = [line('flat', 0, 0, 100, 0), line('steep', 0, 0, 100, 100), line('far', 200, 0, 300, 0)];
const at = (x: number, y: number) => nearestLine(lines, { x, y }, 7)?.edge.id ?? null;

test('the nearest line is selected', () => {
  expect(at(50, 2)).toBe('flat');
  expect(at(50, 47)).toBe('steep');
  expect(at(250, -7)).toBe('far');
});

test('none is selected if none is near, or beyond their ends', () => {
  expect(at(50, 25)).toBeNull();
  expect(at(250, 7.1)).toBeNull();
  expect(at(310, 0)).toBeNull();
});
