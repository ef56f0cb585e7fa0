/** How numbers are shown: six significant digits, a true minus, powers of ten written out. The exact number goes elsewhere. */

import { texts } from '../texts';

export const DIGITS = 6;
const MINUS = '−';

interface Shown {
  /** Digits with sign: "−1.23457". */
  digits: string;
  /** The power of ten, where the number is too large or small to write out. */
  exponent: number | null;
}

/** `fixed`: where numbers are compared each has all of its digits: 0.150000 beside 0.0226025. A 0 has none. */
export function shown(value: number, precision: number = DIGITS, fixed = false): Shown {
  if (Number.isNaN(value)) return { digits: texts.notANumber, exponent: null };
  if (!Number.isFinite(value)) return { digits: value > 0 ? '∞' : `${MINUS}∞`, exponent: null };
  if (value === 0) return { digits: '0', exponent: null };
  // Of the exact value, halves away from zero, as the service rounds them (tinyml/expression/numbers.py).
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

/** The number itself, as JSON writes it: what is copied, compared and shown on hover. */
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

/** How wide a number is in the page's type: figures and signs take the same, points are narrow, what is raised is small. */

const FIGURE = 0.5;
const NARROW = 0.27;
const RAISED = 0.34;
const NARROW_SIGNS = '.·\u2009\u202f';
const RAISED_SIGNS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻';

/** As a share of the size of the type. */
export function widthOf(text: string): number {
  return [...text].reduce((width, sign) => {
    if (NARROW_SIGNS.includes(sign)) return width + NARROW;
    return width + (RAISED_SIGNS.includes(sign) ? RAISED : FIGURE);
  }, 0);
}

/** Numbers that are compared are written in common: with their points in one line, and six significant digits each. */

export interface InColumn {
  /** Figures and signs before the point, of the longest. */
  lead: number;
  /** Whether each has six significant digits; where all are whole numbers, as labels and counts are, they stay whole. */
  fixed: boolean;
}

export const inColumn = (values: readonly (number | null)[]): InColumn => ({
  lead: values.reduce<number>((most, value) => Math.max(most, leadOf(value)), 0),
  fixed: areFixed(values),
});

export const areFixed = (values: readonly (number | null)[]): boolean =>
  values.some((value) => value !== null && Number.isFinite(value) && !Number.isInteger(value));

/** Figures and signs before the point: 2 of −0.5. Moved in by what is missing of it, numbers stand with their points in line. */
export function leadOf(value: number | null): number {
  if (value === null || !Number.isFinite(value)) return 0;
  const size = Math.abs(value);
  // Sizes at which as many figures stand before the point whatever the rounding need not be written out to be counted.
  const digits = size < 9 ? 1 : (shown(size).digits.split('.')[0]?.length ?? 1);
  return digits + Number(value < 0);
}

/** How the losses to the left and right are written: they differ by about ε, so six digits would often show one number twice. */

/** Digits of the difference that are still shown. */
const TOLD = 5;
/** A float64 has no more than this many. */
const SIGNIFICANT = 16;

/** How many decimals tell two such losses apart. */
export const decimalsAt = (epsilon: number): number => Math.ceil(-Math.log10(epsilon)) + TOLD;

/** The loss with all its decimals down to ε and five beyond, the same for a whole column; `null` where it has a power of ten. */
export function lossDigits(loss: number, epsilon: number): string | null {
  const size = Math.abs(loss);
  if (!Number.isFinite(loss) || size < 1e-3 || size >= 1e6) return null;
  const whole = Math.max(0, wholeDigits(size));
  const decimals = Math.min(decimalsAt(epsilon), SIGNIFICANT - whole);
  return trueMinus(loss.toFixed(decimals));
}

/** How many digits it then has, down to the same decimal: six at least, and no more than there are. */
export function lossPrecision(loss: number, epsilon: number): number {
  const size = Math.abs(loss);
  if (!Number.isFinite(loss) || size === 0) return DIGITS;
  return Math.min(SIGNIFICANT, Math.max(DIGITS, wholeDigits(size) + decimalsAt(epsilon)));
}

const wholeDigits = (size: number): number => Math.floor(Math.log10(size)) + 1;
