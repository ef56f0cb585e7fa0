/** Changing a number by dragging or by key: how far a pixel or a press goes, so that any size of number can be met. */

export type Stride = 'fine' | 'usual' | 'coarse';

const STRIDES: Readonly<Record<Stride, number>> = { fine: 0.1, usual: 1, coarse: 10 };

/** Hundredths for numbers about 1, and as many digits for larger and smaller ones; whole numbers one by one. */
export function stepOf(value: number, whole: boolean, stride: Stride = 'usual'): number {
  if (whole) return stride === 'coarse' ? 10 : 1;
  const size = Math.abs(value);
  const power = size === 0 || !Number.isFinite(size) ? -2 : Math.floor(Math.log10(size));
  const usual = size >= 0.1 ? Math.max(0, power) - 2 : size === 0 ? -2 : power - 1;
  return 10 ** (usual + Math.log10(STRIDES[stride]));
}

export interface Bounds {
  least?: number;
  most?: number;
  openBelow?: boolean;
  openAbove?: boolean;
}

/** So many steps on from a value, on the steps' own grid: what was dragged has few digits. */
export function moved(value: number, steps: number, step: number, bounds: Bounds = {}): number {
  if (steps === 0) return value;
  const decimals = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const target = Number((Math.round(value / step + steps) * step).toFixed(Math.min(100, decimals)));
  return within(target, value, step, bounds);
}

/** A bound is stopped at; where it is itself out of bounds, one step before it, or where one stands. */
function within(target: number, value: number, step: number, bounds: Bounds): number {
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY, openBelow, openAbove } = bounds;
  if (openBelow ? target <= least : target < least) return openBelow ? Math.min(value, least + step) : least;
  if (openAbove ? target >= most : target > most) return openAbove ? Math.max(value, most - step) : most;
  // Never a negative zero.
  return target === 0 ? 0 : target;
}

/** Held while dragging or pressing. */
export function strideOf(event: { shiftKey: boolean; altKey: boolean; ctrlKey: boolean }): Stride {
  if (event.shiftKey) return 'fine';
  return event.altKey || event.ctrlKey ? 'coarse' : 'usual';
}

/** What a key does to a number: how many steps and of which size; `null` where it does nothing. */
export function pressed(event: {
  key: string;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey: boolean;
}): { steps: 1 | -1; stride: Stride } | null {
  const steps = ({ ArrowUp: 1, ArrowDown: -1, PageUp: 1, PageDown: -1 } as const)[event.key];
  if (steps === undefined) return null;
  return { steps, stride: event.key.startsWith('Page') ? 'coarse' : strideOf(event) };
}
