/** How closely a part is looked at, and the way there and back. Pure arithmetic. */

import { type Room, roomOf, type Size } from '../model/geometry';
import { BESIDE, type Layout, type Point, RADIUS, type View } from '../model/layout';

/** What is looked at: its middle, and how far around it there is something to see. */
export interface Subject {
  middle: Point;
  reach: Size;
}

/** At the least a number in a circle is as large as a heading; beyond the most its neighbours would be out of sight. */
const LEAST = 1.5;
const MOST = 2.2;
/** It has to be seen that one is closer, also where all of a small network is large. */
const CLOSER = 1.4;

/** Above and below a unit, with its numbers. */
const AROUND = 2 * (RADIUS + 26);

/** A part by its id: a unit or target with the columns beside it, a line with both of its ends. */
export function subjectOf({ nodes, edges, truths, loss, between }: Layout, id: string): Subject | null {
  const node = nodes.find((one) => one.node.id === id);
  const [gap] = between;
  const around = { width: gap ? gap.width + 2 * BESIDE + RADIUS : BESIDE, height: AROUND };
  if (node) return { middle: node, reach: around };
  if (id === 'loss') return { middle: loss, reach: around };
  const truth = truths.find(({ unit }) => id === `truth-${unit}`);
  if (truth) return { middle: truth, reach: around };
  const line = edges.find(({ edge }) => edge.id === id);
  if (!line) return null;
  const { from, to } = line;
  return {
    middle: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 },
    reach: { width: Math.abs(to.x - from.x) / 2 + 2 * RADIUS, height: Math.abs(to.y - from.y) / 2 + 2 * RADIUS },
  };
}

/** The view with it in the middle; its surroundings are in sight too, as far as numbers stay large. */
export function closeTo({ middle, reach }: Subject, space: Room, whole: number): View {
  const room = roomOf(space, true);
  const fitting = Math.min(room.width / (2 * reach.width), room.height / (2 * reach.height));
  const scale = Math.max(whole * CLOSER, LEAST, Math.min(MOST, fitting));
  return {
    scale,
    x: room.x + room.width / 2 - middle.x * scale,
    y: room.y + room.height / 2 - middle.y * scale,
  };
}

/** From one view to another, `part` of the way: about the one place that stays, so that nothing swings. */
export function onTheWay(from: View, to: View, part: number): View {
  const scale = from.scale * (to.scale / from.scale) ** part;
  const moved = to.scale === from.scale ? part : (scale - from.scale) / (to.scale - from.scale);
  return { scale, x: from.x + (to.x - from.x) * moved, y: from.y + (to.y - from.y) * moved };
}

/** What is looked at closely. */
export interface Close {
  id: string;
  /** The view that one goes back to; `null` for all of the picture. */
  from: View | null;
  /** Whether somebody has moved away from it since. */
  strayed: boolean;
}

/** After a part was asked for: closer to it, or back, where one is at it already. */
export function asked(close: Close | null, id: string, from: View | null): Close | null {
  if (close?.id === id && !close.strayed) return null;
  return { id, from: close ? close.from : from, strayed: false };
}

/** After somebody has moved the picture. From afar there is nothing to go back from. */
export function strayed(close: Close | null, scale: number): Close | null {
  return close && scale >= LEAST / 2 ? { ...close, strayed: true } : null;
}
