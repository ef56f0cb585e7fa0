/** A number in a cell: with no more digits than there is room for, its power of ten in one line with them. */

import { DIGITS, shown, superscript } from '../numbers/format';
import { widthOf } from '../numbers/width';

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

/** The same in a cell: as many digits as its width has room for, up to those that a sentence has. */
export function inCell(value: number, width: number): string {
  for (let digits = DIGITS; digits > LEAST; digits--) {
    const text = written(value, digits);
    if (widthOf(text) * TYPE <= width - MARGINS) return text;
  }
  return written(value, LEAST);
}

/** Of the type in cells, and what is free beside it. */
const TYPE = 12;
const MARGINS = 4;

function written(value: number, digits: number): string {
  const { digits: text, exponent } = shown(value, digits);
  return exponent === null ? text : `${text}·10${superscript(exponent)}`;
}
