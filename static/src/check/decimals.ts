/** Numbers of a column stand with their points one below the other; this is how far each is moved in. */

import type { CheckRow } from '../api/check';
import { leadOf } from '../numbers/column';

export const NUMBERS = ['analytic', 'left', 'right', 'numeric', 'complex_step', 'relative_error'] as const;
export type NumberColumn = (typeof NUMBERS)[number];
export type Leads = Readonly<Record<NumberColumn, number>>;

/** The most of each column. */
export function leadsOf(rows: readonly CheckRow[]): Leads {
  const most = (column: NumberColumn) => rows.reduce((found, row) => Math.max(found, leadOf(row[column])), 0);
  return Object.fromEntries(NUMBERS.map((column) => [column, most(column)])) as Record<NumberColumn, number>;
}
