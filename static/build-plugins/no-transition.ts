/**
 * In the place of d3-transition, which d3-zoom asks for: the page moves its picture itself (src/diagram/zoom.ts), so that there is
 * never a transition to interrupt. With it would come d3-color, d3-interpolate and d3-timer, a tenth of the first view.
 */
import { selection } from 'd3-selection';

export function interrupt(): void {}

Object.assign(selection.prototype, {
  interrupt(this: unknown) {
    return this;
  },
});
