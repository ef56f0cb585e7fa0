/**
 * Displays numbers: six significant digits, a true minus, written powers of ten; the exact number is elsewhere. Also
 * reads numbers as they are typed.
 */

import type { Size } from '../model/geometry';
import { texts } from '../texts';

export const DIGITS = 6;
const MINUS = '−';

interface Shown {
  /** Digits with sign: "−1.23457". */
  digits: string;
  /** The exponent, if the number is too large or small to write out. */
  exponent: number | null;
}

/** `fixed`: for comparison, each number has all of its digits: 0.150000 beside 0.0226025. A 0 has none. */
export function shown(value: number, precision: number = DIGITS, fixed = false): Shown {
  if (Number.isNaN(value)) return { digits: texts.notANumber, exponent: null };
  if (!Number.isFinite(value)) return { digits: value > 0 ? '∞' : `${MINUS}∞`, exponent: null };
  if (value === 0) return { digits: '0', exponent: null };
  // Rounds the exact value, halves away from zero, as the service does (tinyml/expression/numbers.py).
  const [mantissa, power] = value.toExponential(precision - 1).split('e') as [string, string];
  const exponent = Number(power);
  if (exponent >= -4 && exponent < DIGITS) {
    const written = exponent < precision ? value.toPrecision(precision) : String(Number(`${mantissa}e${power}`));
    return { digits: trueMinus(fixed ? written : withoutZeros(written)), exponent: null };
  }
  return { digits: trueMinus(fixed ? mantissa : withoutZeros(mantissa)), exponent };
}

/** The same in one line of plain text, for titles, labels and the live region. */
export function plain(value: number): string {
  const { digits, exponent } = shown(value);
  if (exponent === null) return digits;
  return `${digits}\u2009×\u200910${superscript(exponent)}`;
}

/** The exact number, as JSON writes it: for copying, comparing and the hover text. */
export function exact(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

export function trueMinus(text: string): string {
  return text.replace(/-/g, MINUS);
}

export function superscript(integer: number): string {
  return [...String(integer)].map((digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)])).join('');
}

function withoutZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

/** The width of a number in the page's font: digits and signs are equal, points narrow, superscripts small. */

const FIGURE = 0.5;
const NARROW = 0.27;
const RAISED = 0.34;
const NARROW_SIGNS = '.·\u2009\u202f';
const RAISED_SIGNS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻';

/** In multiples of the font size. */
export function widthOf(text: string): number {
  return [...text].reduce((width, sign) => {
    if (NARROW_SIGNS.includes(sign)) return width + NARROW;
    return width + (RAISED_SIGNS.includes(sign) ? RAISED : FIGURE);
  }, 0);
}

/** Numbers that are compared share a format: aligned at their decimal points, with six significant digits each. */

export interface InColumn {
  /** The maximum number of characters before the point, digits and signs. */
  lead: number;
  /** Whether each has six significant digits; if all are whole numbers, as labels and counts, they have no decimals. */
  fixed: boolean;
}

export const inColumn = (values: readonly (number | null)[]): InColumn => ({
  lead: values.reduce<number>((most, value) => Math.max(most, leadOf(value)), 0),
  fixed: areFixed(values),
});

export const areFixed = (values: readonly (number | null)[]): boolean =>
  values.some((value) => value !== null && Number.isFinite(value) && !Number.isInteger(value));

/** The number of characters before the point: 2 for −0.5. Indenting by the difference aligns the decimal points. */
export function leadOf(value: number | null): number {
  if (value === null || !Number.isFinite(value)) return 0;
  const size = Math.abs(value);
  // At these sizes rounding cannot change the number of digits before the point: it is counted without formatting.
  const digits = size < 9 ? 1 : (shown(size).digits.split('.')[0]?.length ?? 1);
  return digits + Number(value < 0);
}

/** The format of the losses to the left and right: they differ by about ε, and six digits would often look equal. */

/** Digits of the difference that are shown. */
const TOLD = 5;
/** A float64 has at most this many. */
const SIGNIFICANT = 16;

/** The number of decimals that distinguish two such losses. */
export const decimalsAt = (epsilon: number): number => Math.ceil(-Math.log10(epsilon)) + TOLD;

/** The loss with the decimals down to ε and five more, for a whole column; `null` if it has a power of ten. */
export function lossDigits(loss: number, epsilon: number): string | null {
  const size = Math.abs(loss);
  if (!Number.isFinite(loss) || size < 1e-3 || size >= 1e6) return null;
  const whole = Math.max(0, wholeDigits(size));
  const decimals = Math.min(decimalsAt(epsilon), SIGNIFICANT - whole);
  return trueMinus(loss.toFixed(decimals));
}

/** The number of its significant digits down to that decimal: at least six, and at most those of a float64. */
export function lossPrecision(loss: number, epsilon: number): number {
  const size = Math.abs(loss);
  if (!Number.isFinite(loss) || size === 0) return DIGITS;
  return Math.min(SIGNIFICANT, Math.max(DIGITS, wholeDigits(size) + decimalsAt(epsilon)));
}

const wholeDigits = (size: number): number => Math.floor(Math.log10(size)) + 1;

/** A number in a cell: with as many digits as fit, and its power of ten in the same line. */

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

/** Parses numbers as people type them: 0.5, 0,5, −0.5, 1e-3, 1/3. Returns `null` for anything else. */

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

export function parseNumber(text: string): number | null {
  const parts = text.replace(/[−–]/g, '-').split('/');
  if (parts.length > 2) return null;
  const [numerator, denominator] = parts.map(parseDecimal);
  if (numerator === undefined || numerator === null) return null;
  if (parts.length === 1) return numerator;
  if (denominator === undefined || denominator === null || denominator === 0) return null;
  return finite(numerator / denominator);
}

/** A whole number, whose thousands may be separated by commas, as the page itself writes counts; otherwise NaN. */
export const parseWhole = (text: string): number =>
  /^(?:\d+|\d{1,3}(?:,\d{3})+)$/.test(text.trim()) ? Number(text.replaceAll(',', '')) : Number.NaN;

function parseDecimal(text: string): number | null {
  const trimmed = text.trim();
  // One comma and no point is a decimal comma; with both the meaning is ambiguous.
  const decimal = trimmed.includes('.') ? trimmed : trimmed.replace(',', '.');
  return DECIMAL.test(decimal) ? finite(Number(decimal)) : null;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
