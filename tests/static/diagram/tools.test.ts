import { expect, test } from 'vitest';
import type { TraceNode } from '@/api/types';
import { placeAbove, TOOLS } from '@/diagram/tools';

const column = (layer: number, x: number, y: number) => ({ node: { layer } as TraceNode, x, y });
const layout = { nodes: [column(0, 60, 90), column(1, 272, 120), column(1, 272, 260)], gap: 212 };
const view = { x: 0, y: 0, scale: 1 };
const bar = { width: 320, height: 42 };

test('the tools of a column stand above it, their menus in the gaps', () => {
  const place = placeAbove(1, layout, view, { width: 900, height: 500, bar });
  expect(place).toEqual({ left: 272, top: TOOLS.apart, apart: 106 - TOOLS.half - TOOLS.menu / 2 });
});

test('beneath the controls, or beside them where they would lie on a unit', () => {
  expect(placeAbove(1, layout, view, { width: 600, height: 500, bar })?.top).toBe(46);
  const high = { ...layout, nodes: [column(0, 60, 90), column(1, 272, 90)] };
  const beside = placeAbove(1, high, view, { width: 640, height: 500, bar });
  expect(beside?.top).toBe(TOOLS.apart);
  expect(beside?.left).toBe(320 - TOOLS.half - TOOLS.apart - TOOLS.menu);
});

test('never on a unit, as close as one may look', () => {
  expect(placeAbove(1, layout, { x: -200, y: -200, scale: 2 }, { width: 900, height: 500 })).toBeNull();
  const low = { ...layout, nodes: [column(0, 60, 157)] };
  const rows = { width: 300, height: 76 };
  const narrow = placeAbove(0, low, { ...view, scale: 0.7 }, { width: 360, height: 300, bar: rows });
  expect(narrow?.top).toBeCloseTo((157 - 34) * 0.7 - TOOLS.height - TOOLS.apart);
});

test('nor on controls that have but one row', () => {
  const low = { nodes: [column(0, 60, 90), column(1, 272, 90)], gap: 212 };
  const wide = { width: 600, height: 42 };
  expect(placeAbove(1, low, { ...view, y: -25 }, { width: 640, height: 300, bar: wide })).toBeNull();
});

test('a column that is out of sight has none', () => {
  expect(placeAbove(0, layout, { ...view, x: -100 }, { width: 900, height: 500 })).toBeNull();
  expect(placeAbove(7, layout, view, { width: 900, height: 500 })).toBeNull();
});
