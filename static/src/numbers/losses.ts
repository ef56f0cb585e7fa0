/** How the losses to the left and right are written: they differ by about ε, so six digits would often show one number twice. */

import { DIGITS, trueMinus } from './format';

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
