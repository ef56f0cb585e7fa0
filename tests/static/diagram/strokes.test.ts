import { expect, test } from 'vitest';
import { LEVELS, type Resting, strokesOf } from '@/diagram/edge-states';

const line = (strength: number, negative = false): Resting =>
  ({ placed: { edge: { id: `${strength} ${negative}` } }, ink: { strength, negative } }) as unknown as Resting;

test('every line is in exactly one stroke, of its own sign and within half a level of its strength', () => {
  const lines = Array.from({ length: 500 }, (_, place) => line((place % 101) / 100, place % 3 === 0));
  const strokes = strokesOf(lines);
  expect(strokes.flatMap((stroke) => stroke.lines)).toHaveLength(500);
  for (const { placed, ink } of lines) {
    const own = strokes.filter((stroke) => stroke.lines.includes(placed));
    expect(own).toHaveLength(1);
    expect(own[0]?.negative).toBe(ink.negative);
    expect(Math.abs((own[0]?.strength ?? 9) - ink.strength)).toBeLessThanOrEqual(0.5 / LEVELS);
  }
});

test('the strongest are drawn last', () => {
  const strengths = strokesOf([line(1), line(0), line(0.5, true), line(0.25)]).map(({ strength }) => strength);
  expect(strengths).toEqual([0, 0.25, 0.5, 1]);
});
