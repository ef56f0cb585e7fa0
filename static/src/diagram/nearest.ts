/** Which line is meant by a place beside it. */

import type { PlacedEdge, Point } from './layout';

/** The line that passes nearest, and no farther than `within`; none where none does. */
export function nearestLine(lines: readonly PlacedEdge[], { x, y }: Point, within: number): PlacedEdge | null {
  let best: PlacedEdge | null = null;
  let least = within * within;
  for (const line of lines) {
    const { from, to } = line;
    if (x < from.x - within || x > to.x + within) continue;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const along = Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1)));
    const distance = (from.x + along * dx - x) ** 2 + (from.y + along * dy - y) ** 2;
    if (distance <= least) [best, least] = [line, distance];
  }
  return best;
}
