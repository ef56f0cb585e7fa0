/** Many lines as a few strokes: those with one sign and almost the same strength are drawn together. Pure geometry. */

import type { PlacedEdge, View } from '../model/layout';
import type { Resting } from './edge-states';
import { THICK, THIN } from './edgeStyle';

/** Two neighbouring levels are indistinguishable: they differ by an eighth of a pixel in width. */
export const LEVELS = 32;

interface Stroke {
  negative: boolean;
  /** From 0 to 1, as an edge's strength. */
  strength: number;
  width: number;
  lines: readonly PlacedEdge[];
}

/** From the weakest to the strongest, so that strong ones are on top. */
export function strokesOf(resting: readonly Resting[]): Stroke[] {
  const levels = new Map<number, PlacedEdge[]>();
  for (const { placed, ink } of resting) {
    const key = 2 * Math.round(ink.strength * LEVELS) + Number(ink.negative);
    const lines = levels.get(key);
    if (lines) lines.push(placed);
    else levels.set(key, [placed]);
  }
  return [...levels]
    .sort(([one], [other]) => one - other)
    .map(([key, lines]) => {
      const strength = Math.floor(key / 2) / LEVELS;
      return { negative: key % 2 === 1, strength, width: THIN + (THICK - THIN) * strength, lines };
    });
}

/** Draws strokes on a canvas, in the page's own colours. */

export interface Inks {
  positive: string;
  negative: string;
  zero: string;
}

const DASH = [7, 5];

/** The colours of the current theme. */
export function inksAt(element: Element): Inks {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--shown-${name}`);
  return { positive: colour('positive'), negative: colour('negative'), zero: colour('zero') };
}

export function paint(
  context: CanvasRenderingContext2D,
  strokes: readonly Stroke[],
  { positive, negative, zero }: Inks,
  { x, y, scale }: View,
  density: number,
): void {
  const { width, height } = context.canvas;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(density * scale, 0, 0, density * scale, density * x, density * y);
  for (const stroke of strokes) {
    const strong = stroke.negative ? negative : positive;
    context.strokeStyle = `color-mix(in oklab, ${strong} ${stroke.strength * 100}%, ${zero})`;
    context.lineWidth = stroke.width;
    context.setLineDash(stroke.negative ? DASH : []);
    context.beginPath();
    for (const { from, to } of stroke.lines) {
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
    }
    context.stroke();
  }
}
