/** Displays numbers: six significant digits, a true minus, written powers of ten. The exact number is elsewhere. */

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
