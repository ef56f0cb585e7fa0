import { describe, expect, test } from 'vitest';
import type { Trace } from '@/api/types';
import { cellAt } from '@/diagram/heat-layout';
import { columnsOf, type Most, shownOf } from '@/model/columns';
import { pictureOf, placeOf } from '@/model/picture';
import { recorded, SLUGS } from '../recorded';

const drawn = (trace: Trace, most?: Most) => {
  const columns = columnsOf(trace);
  return pictureOf(
    trace,
    columns,
    columns.map(({ count }) => shownOf(count, 0, null, most)),
  );
};

describe.each(SLUGS)('the picture of %s', (slug) => {
  const { trace } = recorded(slug);
  const found = drawn(trace);

  test('has the nodes that the service lists', () => {
    expect(found.nodes).toEqual(trace.nodes);
  });

  test('has the edges that the service lists', () => {
    expect(found.edges).toEqual(trace.edges);
  });
});

test('lines into a column are drawn up to the limit, and none if there is one more', () => {
  const { trace } = recorded('two-layers');
  const columns = columnsOf(trace);
  const shown = columns.map(({ count }) => shownOf(count, 0, null));
  const lines = Math.max(...columns.map(({ edges }) => edges));
  expect(lines).toBeGreaterThan(4);
  const weights = (most: number) => pictureOf(trace, columns, shown, most).edges.filter(({ ref }) => ref !== null);
  expect(weights(lines)).toHaveLength(trace.edges?.filter(({ ref }) => ref !== null).length ?? 0);
  expect(weights(lines - 1).length).toBeLessThan(weights(lines).length);
});

test('a partly drawn network has edges between its drawn units, and always biases', () => {
  const { trace } = recorded('batch-of-three');
  const columns = columnsOf(trace);
  const shown = columns.map(({ count }) => ({ units: [count - 1], gaps: [{ from: 0, hidden: count - 1 }] }));
  const { nodes, edges } = pictureOf(trace, columns, shown);
  expect(nodes.map(({ id }) => id)).toEqual(['x_0', 'x_3', 'h_0^(1)', 'h_4^(1)', 'ŷ_2']);
  expect(edges.map(({ id }) => id)).toEqual(['fc_1.b[3]', 'fc_1.w[2,3]', 'fc_2.b[1]', 'fc_2.w[3,1]']);
});

test('images have no columns of units', () => {
  const { trace } = recorded('chapter');
  const images = { ...trace, tensors: { ...trace.tensors, x: [[[[1, 2]]]] } } as Trace;
  expect(columnsOf(images)).toEqual([]);
});

test('every number is at its units', () => {
  const { trace } = recorded('two-layers');
  const columns = columnsOf(trace);
  const at = (ref: string) => placeOf(trace, columns, ref).map(({ column, unit }) => [column, unit]);
  expect(at('x[0,1]')).toEqual([[0, 1]]);
  expect(at('fc_1.w.grad[1,0]')).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(at('fc_1.b[1]')).toEqual([[1, 1]]);
  expect(at('fc_2.input[0,1]')).toEqual([[1, 1]]);
  expect(at('y[0,1]')).toEqual([[2, 1]]);
  expect(at('loss')).toEqual([]);
  expect(at('fc_1.one[0]')).toEqual([]);
});

test('a position in a heat map is a cell of its matrix, and outside there is none', () => {
  const values = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  expect(cellAt(values, 0, 0)).toEqual({ row: 0, column: 0 });
  expect(cellAt(values, 0.99, 0.5)).toEqual({ row: 1, column: 2 });
  expect(cellAt(values, 1, 0.5)).toBeNull();
  expect(cellAt(values, -0.01, 0.5)).toBeNull();
});
