/** How the losses to the left and right are written: they differ by about ε, so six digits would often show one number twice. */

import { exact, shown, trueMinus } from '../numbers/format';

/** Digits of the difference that are still told. */
const TOLD = 5;
/** A float64 has no more than this many. */
const SIGNIFICANT = 16;

/** How many decimals tell two such losses apart. */
export const decimalsAt = (epsilon: number): number => Math.ceil(-Math.log10(epsilon)) + TOLD;

/** The loss with all its decimals down to ε and five beyond, the same for a whole column; `null` where six digits serve. */
export function lossDigits(loss: number, epsilon: number): string | null {
  const size = Math.abs(loss);
  if (!Number.isFinite(loss) || size < 1e-3 || size >= 1e6) return null;
  const whole = Math.max(0, Math.floor(Math.log10(size)) + 1);
  const decimals = Math.min(decimalsAt(epsilon), SIGNIFICANT - whole);
  return trueMinus(loss.toFixed(decimals));
}

/** The same as words for a title or a screen reader. */
export function lossText(loss: number, epsilon: number): string {
  return lossDigits(loss, epsilon) ?? (Number.isFinite(loss) ? exact(loss) : shown(loss).digits);
}
