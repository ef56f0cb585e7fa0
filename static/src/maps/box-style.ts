import type { Size } from './layout';
import type { Box } from './receptive';

export const px = (length: number): string => `${length}px`;

/** Where a rectangle of cells lies within its map. */
export const placeOf = ({ top, left, rows, columns }: Box, { width, height }: Size) => ({
  left: px(left * width),
  top: px(top * height),
  width: px(columns * width),
  height: px(rows * height),
});
