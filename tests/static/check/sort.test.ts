import { describe, expect, test } from 'vitest';
import { chosen, IN_ORDER, layersOf, pressed, WORST, WORST_FIRST } from '@/check/sort';
import { recorded } from '../recorded';
import { row } from './rows';

const rows = [
  row('fc_1.w[0,0]', { analytic: 3, relative_error: 1e-9, complex_step: 3 }),
  row('fc_1.w[0,1]', { analytic: -2, relative_error: 1e-3, verdict: 'differs', complex_step: null }),
  row('fc_10.b[0]', { analytic: 10, relative_error: 1e-12, complex_step: 10 }),
  row('x[0,0]', { analytic: 0, relative_error: Number.NaN, verdict: 'undecided', complex_step: 0 }),
];
const refs = (...how: [Parameters<typeof chosen>[1], string | null, Parameters<typeof chosen>[3]]) =>
  chosen(rows, ...how).map(({ ref }) => ref);

describe('the rows', () => {
  test('are in the order of the network, or reversed', () => {
    expect(refs('all', null, IN_ORDER)).toEqual(['fc_1.w[0,0]', 'fc_1.w[0,1]', 'fc_10.b[0]', 'x[0,0]']);
    expect(refs('all', null, { column: 'ref', descending: true })).toEqual([
      'x[0,0]',
      'fc_10.b[0]',
      'fc_1.w[0,1]',
      'fc_1.w[0,0]',
    ]);
  });

  test('are sorted as numbers, not as texts', () => {
    const ascending = refs('all', null, { column: 'analytic', descending: false });
    expect(ascending).toEqual(['fc_1.w[0,1]', 'x[0,0]', 'fc_1.w[0,0]', 'fc_10.b[0]']);
    expect(refs('all', null, { column: 'analytic', descending: true })).toEqual(ascending.reverse());
  });

  test('with an error that is not finite count as the worst', () => {
    expect(refs('all', null, WORST_FIRST)).toEqual(['x[0,0]', 'fc_1.w[0,1]', 'fc_1.w[0,0]', 'fc_10.b[0]']);
  });

  test('without a complex step are last in both directions', () => {
    for (const descending of [true, false]) {
      expect(refs('all', null, { column: 'complex_step', descending }).at(-1)).toBe('fc_1.w[0,1]');
    }
  });

  test('that differ come first, then undecided ones, when sorted by verdict', () => {
    expect(refs('all', null, { column: 'verdict', descending: false }).slice(0, 2)).toEqual(['fc_1.w[0,1]', 'x[0,0]']);
  });

  test('are filtered by verdict and by the exact name of a layer', () => {
    expect(refs('differs', null, IN_ORDER)).toEqual(['fc_1.w[0,1]']);
    expect(refs('undecided', null, IN_ORDER)).toEqual(['x[0,0]']);
    expect(refs('kink', null, IN_ORDER)).toEqual([]);
    expect(refs('all', 'fc_1', IN_ORDER)).toEqual(['fc_1.w[0,0]', 'fc_1.w[0,1]']);
    expect(refs('differs', 'fc_10', IN_ORDER)).toEqual([]);
    expect(layersOf(recorded('two-layers').trace)).toEqual(['fc_1', 'fc_2', 'x']);
  });

  test('keep the worst in any order', () => {
    const many = Array.from({ length: 3 * WORST }, (_, place) =>
      row(`fc_1.b[${place}]`, { relative_error: ((place * 37) % (3 * WORST)) / 1000 }),
    );
    const worst = chosen(many, 'worst', null, IN_ORDER);
    const limit = Math.min(...worst.map(({ relative_error: error }) => error));
    expect(worst).toHaveLength(WORST);
    expect(many.filter(({ relative_error: error }) => error >= limit)).toEqual(worst);
  });

  test('are not reordered in place', () => {
    const before = [...rows];
    chosen(rows, 'all', null, WORST_FIRST);
    chosen(rows, 'all', null, { column: 'ref', descending: true });
    expect(rows).toEqual(before);
  });
});

describe('pressing a head', () => {
  test('sorts by its column, and a second press reverses the order', () => {
    const first = pressed(IN_ORDER, 'numeric');
    expect(first).toEqual({ column: 'numeric', descending: false });
    expect(pressed(first, 'numeric')).toEqual({ column: 'numeric', descending: true });
    expect(pressed(pressed(first, 'numeric'), 'numeric')).toEqual(first);
  });

  test('shows the largest errors first', () => {
    expect(pressed(IN_ORDER, 'relative_error')).toEqual(WORST_FIRST);
  });
});
