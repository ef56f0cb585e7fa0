import { describe, expect, test } from 'vitest';
import type { Tensor } from '@/api/types';
import { columnsOf, shownOf } from '@/model/columns';
import { finish, stepAt } from '@/model/cursor';
import { focusOf, NO_FOCUS } from '@/model/focus';
import { outputOf, valueAt } from '@/model/lookup';
import { pictureOf, type VisibleGraph } from '@/model/picture';
import { reached } from '@/model/results';
import { type ColumnRows, type Entry, goalRows, MAX_ROWS, type Moment, rowsOf } from '@/tables/rows';
import { recorded, SLUGS } from '../recorded';

const at = (moment: Partial<Moment> = {}): Moment => ({
  focus: NO_FOCUS,
  known: () => true,
  sum: null,
  selected: null,
  ...moment,
});

const rows = (trace: VisibleGraph, moment?: Partial<Moment>) => rowsOf(trace, columnsOf(trace), at(moment));

function entriesOf(columns: readonly ColumnRows[]): Entry[] {
  return columns
    .flatMap(({ units, weights }) => [
      ...units.flatMap(({ value, gradient, pre, preGradient }) => [value, gradient, pre, preGradient]),
      ...weights.flatMap(({ weight, gradient, next }) => [weight, gradient, next]),
    ])
    .filter((entry) => entry !== null);
}

describe.each(SLUGS)('%s in rows', (slug) => {
  const { trace } = recorded(slug);
  const columns = rows(trace);

  test('has every unit in its column and every weight before the units that it leads to', () => {
    const units = columns.flatMap(({ units }) => units.map(({ node }) => node.id));
    expect(units.toSorted()).toEqual(trace.nodes?.map(({ id }) => id).toSorted());
    const weights = columns.flatMap(({ weights }) => weights.map(({ ref }) => ref));
    const due = trace.edges?.flatMap(({ ref }) => ref ?? []);
    expect(weights.toSorted()).toEqual(due?.toSorted());
    for (const { units, weights } of columns) {
      const own = units.map(({ node }) => node.id);
      expect(weights.every(({ edge }) => own.includes(edge.target))).toBe(true);
    }
  });

  test('shows the number of the trace for every ref', () => {
    const entries = entriesOf(columns);
    expect(entries.length).toBeGreaterThan(10);
    expect(entries.map(({ ref, value }) => [ref, value])).toEqual(
      entries.map(({ ref }) => [ref, valueAt(trace, ref ?? '')]),
    );
  });

  test('omits nothing, and lists the targets and the loss last', () => {
    expect(columns.every(({ moreUnits, moreWeights }) => moreUnits === 0 && moreWeights === 0)).toBe(true);
    const goal = goalRows(trace, at());
    expect(goal.at(-1)).toMatchObject({ ref: 'loss', symbol: 'ℓ', value: { value: trace.loss.value } });
    expect(goal.slice(0, -1).map(({ value }) => value.value)).toEqual(
      outputOf(trace)[0]?.map((_, unit) => valueAt(trace, `y[${trace.sample},${unit}]`)),
    );
  });
});

describe('at a moment of the step', () => {
  const { trace } = recorded('two-layers');
  const moment = (cursor: number) =>
    at({
      known: (ref) => reached(trace, cursor, ref),
      focus: focusOf(trace, stepAt(trace.stages, 'node', cursor), 0),
    });

  test('only given numbers are known before the first step', () => {
    const known = entriesOf(rows(trace, moment(0))).filter(({ value }) => value !== null);
    const given = known.every(({ ref }) => /^(x|\w+\.(w|b|one))\[/.test(ref ?? ''));
    expect(given && known.length > 0).toBe(true);
    const products = rows(trace, moment(0)).flatMap(({ weights }) => weights.map(({ product }) => product.value));
    expect(products.every((value) => value === null)).toBe(true);
    expect(goalRows(trace, moment(0)).at(-1)?.value).toEqual({ ref: 'loss', value: null, sofar: false });
  });

  test('a product is known at the same time as its sum, and has no ref', () => {
    const [, first] = rows(trace, moment(finish(trace.stages)));
    expect(first?.weights.map(({ product }) => product)).toEqual(
      first?.weights.map(({ edge }) => ({ ref: null, value: edge.product, sofar: false })),
    );
  });

  test('the rows of the step are marked: a unit, and the weights that lead to it', () => {
    const [piece] = stepAt(trace.stages, 'node', 3);
    expect(piece?.stage).toMatchObject({ layer: 'fc_1', computes: 'output' });
    const [inputs, hidden] = rows(trace, moment(3));
    expect(hidden?.units.filter(({ current }) => current).map(({ node }) => node.id)).toEqual(['h_1^(1)']);
    expect(hidden?.weights.filter(({ current }) => current).map(({ ref }) => ref)).toEqual([
      'fc_1.b[0]',
      'fc_1.w[0,0]',
      'fc_1.w[1,0]',
    ]);
    expect(inputs?.units.some(({ current }) => current)).toBe(false);
  });

  test('a partial sum is shown in place of its number', () => {
    const sum = { ref: 'fc_1.output[0,0]', sofar: 0.25 };
    const [, hidden] = rows(trace, { known: () => false, sum });
    expect(hidden?.units.find(({ node }) => node.pre?.ref === sum.ref)?.pre).toEqual({
      ref: sum.ref,
      value: 0.25,
      sofar: true,
    });
    expect(rows(trace, { sum })[1]?.units.find(({ node }) => node.pre?.ref === sum.ref)?.pre?.sofar).toBe(false);
  });
});

describe('a wide layer', () => {
  const wide = wideTrace(40, 50);
  const columns = columnsOf(wide);
  const shown = columns.map(({ count }) => shownOf(count, 0, null));
  const listed = { ...wide, ...pictureOf(wide, columns, shown, Number.POSITIVE_INFINITY) };

  test('lists some units and weights up to the limit, and says how many more there are', () => {
    const [inputs, outputs] = rowsOf(listed, columns, at());
    expect([inputs?.units.length, inputs?.moreUnits]).toEqual([13, 28]);
    expect([outputs?.units.length, outputs?.moreUnits]).toEqual([12, 38]);
    expect([outputs?.weights.length, outputs?.moreWeights]).toEqual([MAX_ROWS, 41 * 50 - MAX_ROWS]);
  });

  test('lists first the selected weight and those of the step, in their order', () => {
    const edges = new Set(['fc_1.w[39,48]', 'fc_1.w[39,1]']);
    const [, outputs] = rowsOf(listed, columns, at({ focus: { ...NO_FOCUS, edges }, selected: 'fc_1.w.grad[39,49]' }));
    expect(outputs?.weights.length).toBe(MAX_ROWS);
    expect(outputs?.weights.slice(-3).map(({ ref }) => ref)).toEqual([
      'fc_1.w[39,1]',
      'fc_1.w[39,48]',
      'fc_1.w[39,49]',
    ]);
  });
});

/** One artificial layer: its numbers encode their places. */
function wideTrace(inputs: number, units: number): VisibleGraph {
  const { trace } = recorded('chapter');
  const matrix = Array.from({ length: inputs }, (_, j) => Array.from({ length: units }, (_, k) => j + k / 100));
  const row = Array.from({ length: units }, (_, k) => k);
  const x = [Array.from({ length: inputs }, (_, j) => j)];
  const tensors: Record<string, Tensor> = { x, 'x.grad': x, y: [row], 'fc_1.one': [1], 'fc_1.one.grad': [1] };
  for (const name of ['fc_1.w', 'fc_1.w.grad', 'fc_1.w.next']) tensors[name] = matrix;
  for (const name of ['fc_1.b', 'fc_1.b.grad', 'fc_1.b.next']) tensors[name] = row;
  for (const name of ['fc_1.output', 'fc_1.output.grad']) tensors[name] = [row];
  return { ...trace, document: { ...trace.document, x, y: [row] }, tensors, nodes: null, edges: null };
}
