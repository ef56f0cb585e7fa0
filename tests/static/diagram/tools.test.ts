import { expect, test } from 'vitest';
import type { TraceNode } from '@/api/types';
import { placeOf, TOOLS } from '@/diagram/tools';

const column = (layer: number, x: number, y: number) => ({ node: { layer } as TraceNode, x, y });
const layout = { nodes: [column(0, 60, 90), column(1, 272, 120), column(1, 272, 260)], gap: 212 };
const view = { x: 0, y: 0, scale: 1 };
const bar = { width: 320, height: 42 };

test('the tools of a column are above it, their menus in the gaps', () => {
  const place = placeOf(1, layout, view, { width: 900, height: 500, bar });
  expect(place).toEqual({ left: 272, top: TOOLS.apart, apart: 106 - TOOLS.half - TOOLS.menu / 2 });
});

test('they are beneath the controls, or beside them if they would cover a unit', () => {
  expect(placeOf(1, layout, view, { width: 600, height: 500, bar })?.top).toBe(46);
  const high = { ...layout, nodes: [column(0, 60, 90), column(1, 272, 90)] };
  const beside = placeOf(1, high, view, { width: 640, height: 500, bar });
  expect(beside?.top).toBe(TOOLS.apart);
  expect(beside?.left).toBe(320 - TOOLS.half - TOOLS.apart - TOOLS.menu);
});

test('they never cover a unit, at any zoom', () => {
  const near = placeOf(1, layout, { x: -200, y: -200, scale: 2 }, { width: 900, height: 500 });
  expect(near?.apart).toBeNull();
  expect(placeOf(1, layout, { x: -1900, y: -900, scale: 8 }, { width: 500, height: 500 })).toBeNull();
  const low = { ...layout, nodes: [column(0, 60, 157)] };
  const rows = { width: 300, height: 76 };
  const narrow = placeOf(0, low, { ...view, scale: 0.7 }, { width: 360, height: 300, bar: rows });
  expect(narrow?.top).toBeCloseTo((157 - 34) * 0.7 - TOOLS.height - TOOLS.apart);
});

test('they do not cover controls with a single row', () => {
  const low = { nodes: [column(0, 60, 90), column(1, 272, 90)], gap: 212 };
  const wide = { width: 600, height: 42 };
  expect(placeOf(1, low, { ...view, y: -25 }, { width: 640, height: 300, bar: wide })?.apart).toBeNull();
});

test('without room all are in one menu, if necessary beside the uppermost unit', () => {
  const low = { nodes: [column(0, 60, 90), column(1, 272, 90)], gap: 212 };
  const wide = { width: 600, height: 42 };
  const beside = placeOf(1, low, view, { width: 640, height: 300, bar: wide });
  expect(beside?.apart).toBeNull();
  expect(Math.abs((beside?.left ?? 0) - 272)).toBeCloseTo(34 + TOOLS.apart + TOOLS.one / 2);
});

test('a column out of sight has none', () => {
  expect(placeOf(0, layout, { ...view, x: -100 }, { width: 900, height: 500 })).toBeNull();
  expect(placeOf(7, layout, view, { width: 900, height: 500 })).toBeNull();
});
