/** Finds a word a place along a level line where nothing else of the picture runs through it. */

import type { Point } from '../diagram/layout';

export interface Place extends Point {
  anchor: 'start' | 'middle' | 'end';
}

/** The room of the word, in pixels: its width, and its height above its baseline. */
const WORD = { width: 60, height: 13 };
const ABOVE = -5;
const BELOW = 14;
/** How close lines are looked at. */
const STEP = 3;

export function freePlace(level: number, left: number, right: number, lines: readonly (readonly Point[])[]): Place {
  const inset = 4;
  const columns = [
    { x: right - inset, anchor: 'end', from: right - inset - WORD.width },
    { x: (left + right) / 2, anchor: 'middle', from: (left + right - WORD.width) / 2 },
    { x: left + inset, anchor: 'start', from: left + inset },
  ] as const;
  const places = columns.flatMap(({ x, anchor, from }) =>
    [ABOVE, BELOW].map((by) => ({ place: { x, y: level + by, anchor }, from })),
  );
  const points = lines.flatMap((line) => line.flatMap((point, place) => between(point, line[place + 1] ?? point)));
  const free = places.find(({ place: { y }, from }) =>
    points.every((point) => {
      const beside = point.x < from - 4 || point.x > from + WORD.width + 4;
      return beside || point.y > y + 6 || point.y < y - WORD.height - 2;
    }),
  );
  return (free ?? (places[0] as (typeof places)[number])).place;
}

function between(one: Point, other: Point): Point[] {
  const count = Math.ceil(Math.hypot(other.x - one.x, other.y - one.y) / STEP) + 1;
  return Array.from({ length: count }, (_, place) => ({
    x: one.x + ((other.x - one.x) * place) / count,
    y: one.y + ((other.y - one.y) * place) / count,
  }));
}
