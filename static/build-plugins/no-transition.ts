/**
 * In the place of d3-transition and d3-interpolate, which d3-zoom asks for: the page moves its picture itself
 * (src/diagram/zoom.ts), so that there is never a transition to interrupt, nor a way between two views to work out. With them would
 * come d3-color and d3-timer, a tenth of the first view.
 */
import { selection } from 'd3-selection';

export function interrupt(): void {}

export function interpolateZoom(): never {
  throw new Error('the picture is moved by src/diagram/zoom.ts, without transitions');
}

Object.assign(selection.prototype, {
  interrupt(this: unknown) {
    return this;
  },
});
