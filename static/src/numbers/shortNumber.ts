/** A number in a cell: with as many digits as fit, and its power of ten in the same line. */

import type { Size } from '../model/geometry';
import { DIGITS, shown, superscript, widthOf } from './format';

/** Whether numbers are written into cells, and with how many digits. */

/** The default font size in cells, in CSS pixels. */
export const TYPE = 12;
/** The minimum width for a two-digit number with its sign, and the minimum height, in multiples of the font size. */
const NARROWEST = 30 / TYPE;
const LOWEST = 14 / TYPE;
/** The maximum count of numbers that are read out in a row; more would slow the page down. */
const MOST = 400;
export function fitsNumbers({ width, height }: Size, count: number): boolean {
  return width >= NARROWEST * TYPE && height >= LOWEST * TYPE && count <= MOST;
}

/** Room for a sign and a point, in addition to the digits. */
const BESIDE = 2;
const LEAST = 2;

export function inShort(value: number, most: number): string {
  for (let digits = most; digits > LEAST; digits--) {
    const text = written(value, digits);
    if (text.length <= most + BESIDE) return text;
  }
  return written(value, LEAST);
}

/** The same in a cell: as many digits as fit, up to those in a sentence. Returns the placeholder if two do not fit. */
export function inCell(value: number, width: number, type = TYPE): string {
  for (let digits = DIGITS; digits >= LEAST; digits--) {
    const text = written(value, digits);
    if (widthOf(text) * type <= width - MARGINS) return text;
  }
  return LEFT_OUT;
}

/** Whether numbers are written into the cells of a map: if two digits of any number fit, or all of these numbers do. */
export function areWritten(values: number[][], { width, height }: Size, type = TYPE): boolean {
  const count = values.length * (values[0]?.length ?? 0);
  if (count > MOST || height < LOWEST * type) return false;
  return (
    width >= NARROWEST * type || values.every((row) => row.every((value) => inCell(value, width, type) !== LEFT_OUT))
  );
}

/** The placeholder for a number that does not fit. */
export const LEFT_OUT = '…';
/** The free room beside a number in its cell. */
const MARGINS = 4;

function written(value: number, digits: number): string {
  const { digits: text, exponent } = shown(value, digits);
  return exponent === null ? text : `${text}·10${superscript(exponent)}`;
}
