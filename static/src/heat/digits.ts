/** When numbers are written into cells, and with how many digits. */

import type { Size } from '../size';

/** A number of two digits with its sign has room from this width on. */
const NARROWEST = 30;
const LOWEST = 14;
/** More numbers than this nobody reads, and the page would become slow. */
const MOST = 400;
/** A digit's width, and what sign, point and margins take. */
const DIGIT = 6.4;
const AROUND = 16;

export function fitsNumbers({ width, height }: Size, count: number): boolean {
  return width >= NARROWEST && height >= LOWEST && count <= MOST;
}

export function digitsIn(width: number): number {
  return Math.max(2, Math.min(6, Math.floor((width - AROUND) / DIGIT)));
}
