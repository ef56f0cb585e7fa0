/** When numbers are written into cells, and with how many digits. */

import type { Size } from '../size';

/** The usual size of the type in cells, in CSS pixels. */
export const TYPE = 12;
/** A number of two digits with its sign has room from this width on, in shares of the type; and the least height. */
export const NARROWEST = 30 / TYPE;
export const LOWEST = 14 / TYPE;
/** More numbers than this nobody reads, and the page would become slow. */
export const MOST = 400;
export function fitsNumbers({ width, height }: Size, count: number): boolean {
  return width >= NARROWEST * TYPE && height >= LOWEST * TYPE && count <= MOST;
}
