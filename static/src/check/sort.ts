/** The rows of the table: which of them, in which order. */

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

/** As the service gives them: the layers in order, then the inputs. */
export const IN_ORDER: Order = { column: 'ref', descending: false };
export const WORST_FIRST: Order = { column: 'relative_error', descending: true };

export const WORST = 20;

/** What is to be looked at comes first. */
const URGENCY = { differs: 0, undecided: 1, kink: 2, agrees: 3 };

/** A second press turns the order round. Errors start with the largest: that is what one looks for. */
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
    // What is not there comes last in either direction.
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * compare(a, b);
  });
}

/** As numbers; what is none of them counts as larger than all, so that it is found among the worst. */
function compare(one: number, other: number): number {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  return one === other ? 0 : one - other;
}

/** What can be checked by itself: the layers that have parameters, in their order, and `x`, the inputs. */
export function layersOf({ layers }: Pick<Trace, 'layers'>): string[] {
  return [...layers.filter(({ parameters }) => Object.keys(parameters).length > 0).map(({ name }) => name), 'x'];
}

/** Numbers of a column stand with their points one below the other; this is how far each is moved in. */

export const NUMBERS = ['analytic', 'left', 'right', 'numeric', 'complex_step', 'relative_error'] as const;
export type NumberColumn = (typeof NUMBERS)[number];
export type Leads = Readonly<Record<NumberColumn, number>>;

/** The most of each column. */
export function leadsOf(rows: readonly CheckRow[]): Leads {
  const most = (column: NumberColumn) => rows.reduce((found, row) => Math.max(found, leadOf(row[column])), 0);
  return Object.fromEntries(NUMBERS.map((column) => [column, most(column)])) as Record<NumberColumn, number>;
}
