/**
 * Replaces d3-transition and d3-interpolate, which d3-zoom imports: the page moves its picture itself
 * (src/diagram/zoom.ts), so there is no transition to interrupt and no interpolation between two views. They would also
 * import d3-color and d3-timer, a tenth of the first view.
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
