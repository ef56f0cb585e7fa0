import { describe, expect, test } from 'vitest';
import type { Trace } from '@/api/types';
import { finish, stepAt } from '@/model/cursor';
import { valueAt } from '@/model/lookup';
import { reached } from '@/model/results';
import type { Grid } from '@/tables/grids';
import { currentIn, type ImageMoment, imageTables, type LayerTables, MAX_MAPS } from '@/tables/images';
import { MAX_ROWS } from '@/tables/rows';
import { computedRefs } from '../computed';
import { IMAGE_SLUGS, recorded } from '../recorded';

const at = (moment: Partial<ImageMoment> = {}): ImageMoment => ({
  known: () => true,
  sum: null,
  computes: () => false,
  needed: null,
  selected: null,
  derivative: () => '',
  parameter: () => '',
  opened: new Set(),
  ...moment,
});

const entriesOf = (tables: readonly LayerTables[]) =>
  tables
    .flatMap(({ filters, maps, parameters, units, weights }) => [
      ...[...filters, ...maps].flatMap(({ rows }) => rows.flatMap(({ entries }) => entries)),
      ...[...parameters, ...units].flatMap(({ value, gradient, next }) => [value, gradient, next]),
      ...weights.flatMap(({ weight, gradient, next }) => [weight, gradient, next]),
    ])
    .filter((entry) => entry !== null);

const one = (tables: readonly LayerTables[], id: string): LayerTables => {
  const found = tables.find(({ column }) => column.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe.each(IMAGE_SLUGS)('%s in tables', (slug) => {
  const { trace } = recorded(slug);

  test.each([
    ['', ''],
    ['grad', 'grad'],
    ['grad', 'next'],
  ] as const)('shows the number of the trace for every ref: %s, of parameters %s', (derivative, parameter) => {
    const moment = at({ derivative: ({ kind }) => (kind === 'target' ? '' : derivative), parameter: () => parameter });
    const entries = entriesOf(imageTables(trace, moment));
    expect(entries.length).toBeGreaterThan(20);
    for (const { ref, value } of entries) expect(value, ref ?? '').toBe(valueAt(trace, ref ?? ''));
  });

  test('only given numbers are known before the first step', () => {
    const known = (ref: string) => reached(trace, 0, ref);
    const shown = entriesOf(imageTables(trace, at({ known }))).filter(({ value }) => value !== null);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter(({ ref }) => !/^(x|y|\w+\.[wb])\[/.test(ref ?? ''))).toEqual([]);
  });

  test('every number that a step computes, at the grain of nodes, is marked and scrolled to', () => {
    const all = finish(trace.stages);
    for (let place = 1; place <= 20; place++) {
      const cursor = Math.ceil((place / 20) * all);
      const pieces = stepAt(trace.stages, 'node', cursor);
      const computing = new Set(computedRefs(pieces, 0));
      const [first] = computing;
      const computes = (ref: string) => computing.has(ref);
      const derivative = first?.includes('.grad') ? 'grad' : '';
      const parameter = pieces[0]?.stage.computes === 'next' ? 'next' : 'grad';
      const tables = imageTables(
        trace,
        at({ computes, needed: first ?? null, derivative: () => derivative, parameter: () => parameter }),
      );
      if (first !== 'loss') expect(currentIn(tables), first).not.toBe(null);
    }
  });
});

describe('digits-cnn', () => {
  const { trace } = recorded('digits-cnn');
  const tables = imageTables(trace, at());

  test('has for each layer its parameters, and its output', () => {
    const has = tables.map(({ column, filters, parameters, weights, maps, units }) => [
      column.id,
      filters.length,
      parameters.length,
      weights.length,
      maps.length,
      units.length,
    ]);
    expect(has).toEqual([
      ['x', 0, 0, 0, 1, 0],
      ['conv_1', 4, 4, 0, 4, 0],
      ['relu_1', 0, 0, 0, 4, 0],
      ['max_pool_1', 0, 0, 0, 4, 0],
      ['flatten_1', 0, 0, 0, 0, 12],
      ['fc_1', 0, 0, MAX_ROWS, 0, 10],
      ['loss.p', 0, 0, 0, 0, 10],
      ['y', 0, 0, 0, 0, 10],
    ]);
    expect(one(tables, 'flatten_1').moreUnits).toBe(52);
    expect(one(tables, 'fc_1').moreWeights).toBe(650 - MAX_ROWS);
    expect(one(tables, 'y').units.every(({ gradient }) => gradient === null)).toBe(true);
  });

  test('lists the unit and the weight that must be visible', () => {
    const unit = one(imageTables(trace, at({ needed: 'flatten_1.output[0,40]' })), 'flatten_1').units;
    expect(unit.map(({ ref }) => ref)).toContain('flatten_1.output[0,40]');
    const selected = 'fc_1.w.grad[40,7]';
    const { weights } = one(imageTables(trace, at({ needed: selected, selected })), 'fc_1');
    expect(weights.length).toBe(MAX_ROWS);
    expect(weights.map(({ ref }) => ref)).toContain('fc_1.w[40,7]');
  });
});

describe('a large layer', () => {
  const large = largeTrace(9, 30, 20);

  test('lists some channels, rows and columns, and says that there are more', () => {
    const { maps, moreMaps } = one(imageTables(large, at()), 'conv_1');
    expect([maps.length, moreMaps]).toEqual([MAX_MAPS, 9 - MAX_MAPS]);
    const [map] = maps as [Grid];
    expect(map.cut).toBe(true);
    expect(map.rows.map(({ row }) => row)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, null, 28, 29]);
    expect(map.columns).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, null, 18, 19]);
  });

  test('lists first the entries that must be visible', () => {
    const { maps } = one(imageTables(large, at({ needed: 'conv_1.output[0,7,15,12]' })), 'conv_1');
    expect(maps.map(({ key }) => key)).toEqual([0, 1, 2, 7].map((channel) => `conv_1.output[0,${channel}]`));
    const map = maps.at(-1) as Grid;
    const refs = map.rows.flatMap(({ entries }) => entries.map((entry) => entry?.ref));
    expect(refs).toContain('conv_1.output[0,7,15,12]');
  });

  test('lists all channels on request', () => {
    const { maps, moreMaps } = one(imageTables(large, at({ opened: new Set(['conv_1']) })), 'conv_1');
    expect([maps.length, moreMaps]).toEqual([9, 0]);
  });
});

/** One artificial layer: its numbers encode their places. */
function largeTrace(channels: number, rows: number, columns: number): Trace {
  const { trace } = recorded('convolution');
  const image = Array.from({ length: channels }, (_, c) =>
    Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, s) => c + r / 100 + s / 10_000)),
  );
  const tensors = { ...trace.tensors, 'conv_1.output': [image], 'conv_1.output.grad': [image] };
  return { ...trace, tensors };
}
