/** Draws strokes on a canvas, in the page's own colours. */

import type { View } from './closer';
import type { Stroke } from './strokes';

export interface Inks {
  positive: string;
  negative: string;
  zero: string;
}

const DASH = [7, 5];

/** The colours as the theme has them at this moment. */
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
