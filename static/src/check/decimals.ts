/** Numbers of a column stand with their points one below the other; this is how far each is moved in. */

import type { CheckRow } from '../api/check';
import { shown } from '../numbers/format';

export const NUMBERS = ['analytic', 'left', 'right', 'numeric', 'complex_step', 'relative_error'] as const;
export type NumberColumn = (typeof NUMBERS)[number];
export type Leads = Readonly<Record<NumberColumn, number>>;

/** Figures and signs before the point: 2 of −0.5. */
export function leadOf(value: number | null): number {
  if (value === null || !Number.isFinite(value)) return 0;
  const size = Math.abs(value);
  // Sizes at which as many figures stand before the point whatever the rounding need not be written out to be counted.
  const digits = size < 9 ? 1 : (shown(size).digits.split('.')[0]?.length ?? 1);
  return digits + Number(value < 0);
}

/** The most of each column. */
export function leadsOf(rows: readonly CheckRow[]): Leads {
  const most = (column: NumberColumn) => rows.reduce((found, row) => Math.max(found, leadOf(row[column])), 0);
  return Object.fromEntries(NUMBERS.map((column) => [column, most(column)])) as Record<NumberColumn, number>;
}
