/** A number in a cell: with no more digits than there is room for, its power of ten in one line with them. */

import { shown, superscript } from '../numbers/format';

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

function written(value: number, digits: number): string {
  const { digits: text, exponent } = shown(value, digits);
  return exponent === null ? text : `${text}·10${superscript(exponent)}`;
}
