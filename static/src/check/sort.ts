/** The rows of the table: their selection and their order. */

import type { CheckRow } from '../api/questions';
import type { Trace } from '../api/types';
import type { Filter } from '../model/choices';
import { parseRef } from '../model/refs';
import { leadOf } from '../numbers/format';

export const COLUMNS = [
  'ref',
  'analytic',
  'left',
  'right',
  'numeric',
  'complex_step',
  'relative_error',
  'verdict',
] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  column: Column;
  descending: boolean;
}

/** As the service returns them: the layers in order, then the inputs. */
export const IN_ORDER: Order = { column: 'ref', descending: false };
export const WORST_FIRST: Order = { column: 'relative_error', descending: true };

export const WORST = 20;

/** Rows that need attention come first. */
const URGENCY = { differs: 0, undecided: 1, kink: 2, agrees: 3 };

/** A second press reverses the order. Errors start with the largest, the one that a user looks for. */
export function pressed(before: Order, column: Column): Order {
  if (before.column === column) return { column, descending: !before.descending };
  return { column, descending: column === 'relative_error' };
}

export function chosen(
  rows: readonly CheckRow[],
  filter: Filter,
  layer: string | null,
  order: Order,
): readonly CheckRow[] {
  const own = layer === null ? rows : rows.filter(({ ref }) => parseRef(ref)?.name === layer);
  return sorted(filtered(own, filter), order);
}

function filtered(rows: readonly CheckRow[], filter: Filter): readonly CheckRow[] {
  if (filter === 'all') return rows;
  if (filter !== 'worst') return rows.filter(({ verdict }) => verdict === filter);
  const worst = new Set(sorted(rows, WORST_FIRST).slice(0, WORST));
  return rows.filter((row) => worst.has(row));
}

function sorted(rows: readonly CheckRow[], { column, descending }: Order): readonly CheckRow[] {
  if (column === 'ref') return descending ? [...rows].reverse() : rows;
  const sign = descending ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = column === 'verdict' ? [URGENCY[one.verdict], URGENCY[other.verdict]] : [one[column], other[column]];
    // Missing values come last in both directions.
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * compare(a, b);
  });
}

/** Compares numbers; a NaN counts as larger than all, so that it is among the worst. */
function compare(one: number, other: number): number {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  return one === other ? 0 : one - other;
}

/** The parts that can be checked separately: the layers with parameters, in their order, and `x`, the inputs. */
export function layersOf({ layers }: Pick<Trace, 'layers'>): string[] {
  return [...layers.filter(({ parameters }) => Object.keys(parameters).length > 0).map(({ name }) => name), 'x'];
}

/** The numbers of a column are aligned at their decimal points; these are the widths before the point. */

export const NUMBERS = ['analytic', 'left', 'right', 'numeric', 'complex_step', 'relative_error'] as const;
export type NumberColumn = (typeof NUMBERS)[number];
export type Leads = Readonly<Record<NumberColumn, number>>;

/** The maximum of each column. */
export function leadsOf(rows: readonly CheckRow[]): Leads {
  const most = (column: NumberColumn) => rows.reduce((found, row) => Math.max(found, leadOf(row[column])), 0);
  return Object.fromEntries(NUMBERS.map((column) => [column, most(column)])) as Record<NumberColumn, number>;
}
