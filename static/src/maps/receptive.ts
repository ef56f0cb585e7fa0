/**
 * Where windows lie on an image: what an output sees of it, and which outputs see a pixel. A convolution and a pool have
 * their windows on the input; a transposed convolution has them on the output, and everything is the other way round.
 */

import type { LayerTrace } from '../api/types';

/** Row and column. */
export type Place = readonly [number, number];

export interface Windows {
  height: number;
  width: number;
  stride: number;
  padding: number;
  /** How far apart the places within a window lie. */
  dilation: number;
  /** They lie on the layer's output. */
  transposed: boolean;
  /** A number meets all channels at the other end, or its own alone. */
  across: boolean;
}

/** A rectangle of pixels; where there is padding it may reach beyond the image. */
export interface Box {
  top: number;
  left: number;
  rows: number;
  columns: number;
}

/** A pixel (or a window) that takes part, and the place within the window at which it does. */
export interface Tap {
  at: Place;
  within: Place;
}

/** `null` for a layer without windows. */
export function windowsOf({ window }: Pick<LayerTrace, 'window'>): Windows | null {
  if (!window) return null;
  const [height = 1, width = 1] = window.size;
  return { ...window, height, width };
}

/** All that a window covers, padding too. */
export function boxUnder({ height, width, stride, padding, dilation }: Windows, [row, column]: Place): Box {
  return {
    top: row * stride - padding,
    left: column * stride - padding,
    rows: (height - 1) * dilation + 1,
    columns: (width - 1) * dilation + 1,
  };
}

/** The pixels that the window at a place sees, row by row; what lies in the padding is none. */
export function tapsUnder(windows: Windows, [row, column]: Place, [height, width]: Place): Tap[] {
  const { stride, padding, dilation } = windows;
  return placesIn(windows).flatMap((within) => {
    const at = [
      row * stride - padding + within[0] * dilation,
      column * stride - padding + within[1] * dilation,
    ] as const;
    return inside(at, [height, width]) ? [{ at, within }] : [];
  });
}

/** The windows, of so many, that a pixel lies in. */
export function tapsOver(windows: Windows, [row, column]: Place, counts: Place): Tap[] {
  const { stride, padding, dilation } = windows;
  return placesIn(windows).flatMap((within) => {
    const [down, across] = [row + padding - within[0] * dilation, column + padding - within[1] * dilation];
    const at = [down / stride, across / stride] as const;
    return Number.isInteger(at[0]) && Number.isInteger(at[1]) && inside(at, counts) ? [{ at, within }] : [];
  });
}

/** Every pixel that one place within the windows meets, over all of them. */
export function boxAlong({ stride, padding, dilation }: Windows, [i, j]: Place, [rows, columns]: Place): Box {
  return {
    top: i * dilation - padding,
    left: j * dilation - padding,
    rows: (rows - 1) * stride + 1,
    columns: (columns - 1) * stride + 1,
  };
}

export function boxAround(taps: readonly Tap[]): Box | null {
  if (taps.length === 0) return null;
  const [rows, columns] = [taps.map(({ at }) => at[0]), taps.map(({ at }) => at[1])];
  const [top, left] = [Math.min(...rows), Math.min(...columns)];
  return { top, left, rows: Math.max(...rows) - top + 1, columns: Math.max(...columns) - left + 1 };
}

export const boxOf = (rows: number, columns: number): Box => ({ top: 0, left: 0, rows, columns });

export const cellBox = ([row, column]: Place): Box => ({ top: row, left: column, rows: 1, columns: 1 });

function placesIn({ height, width }: Windows): Place[] {
  return Array.from({ length: height * width }, (_, place) => [Math.floor(place / width), place % width] as const);
}

const inside = ([row, column]: Place, [height, width]: Place): boolean =>
  row >= 0 && column >= 0 && row < height && column < width;
