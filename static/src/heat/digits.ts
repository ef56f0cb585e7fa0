/** When numbers are written into cells, and with how many digits. */

import type { Size } from '../size';

/** A number of two digits with its sign has room from this width on. */
const NARROWEST = 30;
const LOWEST = 14;
/** More numbers than this nobody reads, and the page would become slow. */
const MOST = 400;
export function fitsNumbers({ width, height }: Size, count: number): boolean {
  return width >= NARROWEST && height >= LOWEST && count <= MOST;
}
