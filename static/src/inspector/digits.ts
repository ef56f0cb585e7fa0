/** Two losses close to each other say something only with the digits in which they differ. */

import { DIGITS } from '../numbers/format';

/** Digits that are enough to see the difference in three of them; no more than a float64 has. */
export function apart(one: number, other: number): number {
  const size = Math.max(Math.abs(one), Math.abs(other));
  const difference = Math.abs(one - other);
  if (!(difference > 0) || !Number.isFinite(size)) return DIGITS;
  return Math.min(16, Math.max(DIGITS, Math.ceil(Math.log10(size / difference)) + 3));
}
