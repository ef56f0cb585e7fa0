import { describe, expect, test } from 'vitest';
import type { Histogram } from '@/api/trainings';
import { csvOf, edgeOf, gradientRows, histogramRows, planeRows, seriesRows } from '@/train/csv';

/** As RFC 4180 has it. */
function read(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('the numbers of plots as CSV', () => {
  test('are the very numbers, with an empty cell where one is not finite', () => {
    const values = [1 / 3, 5e-324, -1.7976931348623157e308, Number.NaN, Number.POSITIVE_INFINITY, 0];
    const [row = []] = read(csvOf([values]));
    expect(row.map((text) => (text === '' ? null : Number(text)))).toEqual([
      ...values.slice(0, 3),
      null,
      null,
      values[5],
    ]);
  });

  test('never begin a cell with a formula, and keep every name in its cell', () => {
    const names = ['=1+1', '+1', '-x', '@SUM(A1)', '\tfc', 'a,b', 'say "x"', 'two\nlines', 'fc_1'];
    const [row = []] = read(csvOf([names]));
    expect(row).toEqual(names.map((name, place) => (place < 5 ? `'${name}` : name)));
    for (const cell of csvOf([names]).split(/[,\n]/)) expect(cell).not.toMatch(/^"?[=+\-@\t]/);
    // A negative number is no formula.
    expect(csvOf([[-2]])).toBe('-2\r\n');
  });

  test('have a row for each training step of any curve', () => {
    const rows = seriesRows([
      { name: 'loss', series: { steps: [1, 2, 4], values: [3, 2, Number.NaN] } },
      { name: 'held_out', series: { steps: [2, 3], values: [5, 6] } },
    ]);
    expect(read(csvOf(rows))).toEqual([
      ['training_step', 'loss', 'held_out'],
      ['1', '3', ''],
      ['2', '2', '5'],
      ['3', '', '6'],
      ['4', '', ''],
    ]);
  });

  test('of the plane have the inputs of each point, from the lowest on', () => {
    const plane = {
      ...{ size: 2, lowest: [-1, 0] as const, highest: [1, 4] as const },
      values: Float32Array.of(1, 2, 3, 4),
      ...{ scale: { from: 0, to: 1 }, level: null, output: 0 },
    };
    expect(planeRows(plane, 'output_1')).toEqual([
      ['x_1', 'x_2', 'output_1'],
      [-1, 0, 1],
      [1, 0, 2],
      [-1, 4, 3],
      [1, 4, 4],
    ]);
  });

  test('of histograms and gradients have a row for each bin and layer', () => {
    const of: Histogram = {
      ...{ layer: 'fc_1', tensor: 'fc_1.w', size: 9, width: 0.1, first: 2, counts: [4, 5], not_finite: 0 },
      ...{ lowest: 0.2, highest: 0.39, mean: 0.3, root_mean_square: 0.31 },
    };
    // 3 · 0.1 is 0.30000000000000004.
    expect(edgeOf(of, 1)).toBe(0.3);
    expect(histogramRows([of]).slice(1)).toEqual([
      ['fc_1', 'fc_1.w', 0.2, 0.3, 4, 9],
      ['fc_1', 'fc_1.w', 0.3, 0.4, 5, 9],
    ]);
    expect(gradientRows([{ layer: 'tanh_1', gradient: 0.5, parameters: null }])[1]).toEqual(['tanh_1', 0.5, null]);
  });
});
