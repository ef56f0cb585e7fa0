/** What stands before the point of a number: moved in by what is missing of it, numbers stand with their points in one line. */

import { shown } from './format';

/** Figures and signs before the point: 2 of −0.5. */
export function leadOf(value: number | null): number {
  if (value === null || !Number.isFinite(value)) return 0;
  const size = Math.abs(value);
  // Sizes at which as many figures stand before the point whatever the rounding need not be written out to be counted.
  const digits = size < 9 ? 1 : (shown(size).digits.split('.')[0]?.length ?? 1);
  return digits + Number(value < 0);
}
