/** Colours looked up: a large matrix has a hundred thousand numbers, and few of its colours can be told apart. */

import { colourOf, type Palette, packed } from './paint';
import { type Range, strength } from './range';

const HALF = 64;

export type Table = (value: number) => number;

/** Pixels as numbers, for values of this range. */
export function tableOf(range: Range, palette: Palette): Table {
  const most = Math.max(Math.abs(range.low), Math.abs(range.high));
  const colours = Uint32Array.from({ length: 2 * HALF + 1 }, (_, place) =>
    packed(colourOf(((place - HALF) / HALF) * most, range, palette)),
  );
  const wrong = packed(palette.wrong);
  return (value) =>
    Number.isNaN(value) ? wrong : (colours[Math.round(strength(value, range) * HALF) + HALF] as number);
}
