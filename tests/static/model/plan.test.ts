import { describe, expect, test } from 'vitest';
import { LEGIBLE } from '@/model/geometry';
import { facesAt, planOf, TYPE } from '@/model/plan';

const room = (width: number, height: number) => ({ width, height });
const facesIn = (extent: Parameters<typeof planOf>[0], space: ReturnType<typeof room>, legible = LEGIBLE.usual) => {
  const plan = planOf(extent, space, legible);
  return { ...plan, faces: facesAt(plan, plan.scale, legible, extent.activated) };
};
const SMALL = { columns: 2, rows: 3, activated: false };

describe('every number at a node is legible', () => {
  for (const legible of Object.values(LEGIBLE)) {
    for (const columns of [2, 3, 4, 5, 8, 14]) {
      for (const rows of [2, 4, 7, 15]) {
        test(`${columns} columns of ${rows} rows, at ${legible} px`, () => {
          for (const [width, height] of [
            [300, 200],
            [684, 375],
            [1220, 710],
            [1900, 400],
            [400, 1200],
          ] as const) {
            for (const activated of [false, true]) {
              const { faces, scale } = facesIn({ columns, rows, activated }, room(width, height), legible);
              expect(faces.size * scale).toBeGreaterThanOrEqual(legible - 1e-9);
              expect(faces.least * scale).toBeGreaterThanOrEqual(legible - 1e-9);
              expect(faces.size).toBeGreaterThanOrEqual(TYPE);
            }
          }
        });
      }
    }
  }
});

test('a small network shows every number, in the room of a laptop, of a projector and of a lecture', () => {
  for (const [space, legible] of [
    [room(684, 375), LEGIBLE.usual],
    [room(1220, 710), LEGIBLE.usual],
    [room(1280, 487), LEGIBLE.lecture],
    [room(1280, 455), LEGIBLE.lecture],
  ] as const) {
    const { faces, scale } = facesIn(SMALL, space, legible);
    expect(faces.complete).toBe(true);
    expect(scale).toBeGreaterThan(1);
  }
});

test('circles grow with the room, and the rest is distributed between the rows and columns', () => {
  const laptop = facesIn(SMALL, room(684, 375));
  const projector = facesIn(SMALL, room(1220, 710));
  const wall = facesIn(SMALL, room(2400, 1300));
  expect(projector.scale).toBeGreaterThan(1.5 * laptop.scale);
  expect(wall.scale).toBe(projector.scale);
  expect(wall.pitch).toBeGreaterThan(1.3 * projector.pitch);
});

test('with less room fewer numbers are shown: those above the circles are omitted first', () => {
  const lines = [700, 500, 375, 300, 250, 200].map(
    (height) => facesIn({ columns: 3, rows: 5, activated: true }, room(684, height)).faces.lines,
  );
  expect(lines.toSorted((one, other) => other - one)).toEqual(lines);
  expect(new Set(lines).size).toBeGreaterThan(2);
});

test('without room for any number, the network is an overview that says that there are more', () => {
  const { faces } = facesIn({ columns: 4, rows: 15, activated: true }, room(684, 375));
  expect(faces).toMatchObject({ far: true, complete: false });
});
