/** Finds a word a place along a level line where nothing else of the picture runs through it. */

import type { Point } from '../diagram/layout';

/** The room of the word, in pixels: its width, and its height above its baseline. */
const WORD = { width: 60, height: 13 };
/** Its baseline, off the line. */
const ABOVE = -5;
const BELOW = 14;
/** How far from everything else it stands. */
const CLEAR = 4;
/** How close lines are looked at, and places tried. */
const STEP = { line: 3, place: 10 };

/** The middle of the word's baseline: as far to the right as there is room, above the line rather than below. */
export function freePlace(level: number, left: number, right: number, lines: readonly (readonly Point[])[]): Point {
  const [first, last] = [right - CLEAR - WORD.width / 2, left + CLEAR + WORD.width / 2];
  const count = Math.max(1, Math.floor((first - last) / STEP.place) + 1);
  const places = [ABOVE, BELOW].flatMap((by) =>
    Array.from({ length: count }, (_, place) => ({ x: first - place * STEP.place, y: level + by })),
  );
  const points = lines.flatMap((line) => line.flatMap((point, place) => between(point, line[place + 1] ?? point)));
  return places.find((place) => !points.some((point) => covers(place, point))) ?? (places[0] as Point);
}

function covers({ x, y }: Point, point: Point): boolean {
  const beside = Math.abs(point.x - x) > WORD.width / 2 + CLEAR;
  return !beside && point.y < y + CLEAR && point.y > y - WORD.height - CLEAR;
}

function between(one: Point, other: Point): Point[] {
  const count = Math.ceil(Math.hypot(other.x - one.x, other.y - one.y) / STEP.line) + 1;
  return Array.from({ length: count }, (_, place) => ({
    x: one.x + ((other.x - one.x) * place) / count,
    y: one.y + ((other.y - one.y) * place) / count,
  }));
}
