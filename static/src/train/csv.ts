/** The numbers of the plots as CSV, with all digits of the service's numbers. Pure. */

import type { Histogram, Numbers } from '../api/trainings';
import type { Series } from './record';
import type { Plane } from './surface';

type Cell = string | number | null | undefined;

/** RFC 4180. A number that is not finite is an empty cell. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(cellOf).join()}\r\n`).join('');

function cellOf(cell: Cell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  if (!cell) return '';
  // A spreadsheet would compute a text that begins like a formula.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A row for each training step of which one of the series has a number. */
export function seriesRows(columns: readonly { name: string; series: Series }[]): Cell[][] {
  const found = new Map<number, Cell[]>();
  columns.forEach(({ series: { steps, values } }, column) => {
    steps.forEach((step, place) => {
      const row = found.get(step) ?? [];
      row[column] = values[place];
      found.set(step, row);
    });
  });
  const steps = [...found.keys()].sort((one, other) => one - other);
  return [
    ['training_step', ...columns.map(({ name }) => name)],
    ...steps.map((step) => [step, ...columns.map((_, column) => found.get(step)?.[column])]),
  ];
}

/** A row for each point of the plane. */
export function planeRows({ size, lowest, highest, values }: Plane, name: string): Cell[][] {
  const at = (axis: 0 | 1, place: number) =>
    lowest[axis] + ((highest[axis] - lowest[axis]) * place) / Math.max(1, size - 1);
  return [
    ['x_1', 'x_2', name],
    ...Array.from(values, (value, point) => [at(0, point % size), at(1, Math.floor(point / size)), value]),
  ];
}

export const confusionRows = (matrix: readonly (readonly number[])[]): Cell[][] => [
  ['class', ...matrix.map((_, place) => `predicted_${place}`)],
  ...matrix.map((row, truth) => [truth, ...row]),
];

export const gradientRows = (gradients: Numbers['gradients'] = []): Cell[][] => [
  ['layer', 'output_gradient_rms', 'parameter_gradient_rms'],
  ...gradients.map(({ layer, gradient, parameters }) => [layer, gradient, parameters]),
];

/** A row for each bin. */
export const histogramRows = (histograms: readonly Histogram[]): Cell[][] => [
  ['layer', 'tensor', 'from', 'to', 'count', 'of'],
  ...histograms.flatMap((of) =>
    of.counts.map((count, place) => [of.layer, of.tensor, edgeOf(of, place), edgeOf(of, place + 1), count, of.size]),
  ),
];

/** Where a bin begins, without the rounding error of the product: 3 · 0.1 is 0.30000000000000004. */
export const edgeOf = ({ first, width }: Histogram, place: number): number =>
  Number(((first + place) * width).toPrecision(15));
