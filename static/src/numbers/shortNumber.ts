/** A number in a cell: with no more digits than there is room for, its power of ten in one line with them. */

import type { Size } from '../model/geometry';
import { DIGITS, shown, superscript, widthOf } from './format';

/** When numbers are written into cells, and with how many digits. */

/** The usual size of the type in cells, in CSS pixels. */
export const TYPE = 12;
/** A number of two digits with its sign has room from this width on, in shares of the type; and the least height. */
const NARROWEST = 30 / TYPE;
const LOWEST = 14 / TYPE;
/** The most numbers that are read out in a row; more would slow the page down. */
const MOST = 400;
export function fitsNumbers({ width, height }: Size, count: number): boolean {
  return width >= NARROWEST * TYPE && height >= LOWEST * TYPE && count <= MOST;
}

/** Beside the digits there is room for a sign and a point. */
const BESIDE = 2;
const LEAST = 2;

export function inShort(value: number, most: number): string {
  for (let digits = most; digits > LEAST; digits--) {
    const text = written(value, digits);
    if (text.length <= most + BESIDE) return text;
  }
  return written(value, LEAST);
}

/** The same in a cell: as many digits as its width has room for, up to those that a sentence has. Where not even two have, it says so. */
export function inCell(value: number, width: number, type = TYPE): string {
  for (let digits = DIGITS; digits >= LEAST; digits--) {
    const text = written(value, digits);
    if (widthOf(text) * type <= width - MARGINS) return text;
  }
  return LEFT_OUT;
}

/** Whether numbers are written into the cells of a map: where any of two digits has room, or all of these have. */
export function areWritten(values: number[][], { width, height }: Size, type = TYPE): boolean {
  const count = values.length * (values[0]?.length ?? 0);
  if (count > MOST || height < LOWEST * type) return false;
  return (
    width >= NARROWEST * type || values.every((row) => row.every((value) => inCell(value, width, type) !== LEFT_OUT))
  );
}

/** Stands for a number that has no room. */
export const LEFT_OUT = '…';
/** What is free beside a number in its cell. */
const MARGINS = 4;

function written(value: number, digits: number): string {
  const { digits: text, exponent } = shown(value, digits);
  return exponent === null ? text : `${text}·10${superscript(exponent)}`;
}
