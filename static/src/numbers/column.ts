/** Numbers that are compared are written in common: with their points in one line, and six significant digits each. */

import { shown } from './format';

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
