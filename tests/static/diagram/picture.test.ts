import { describe, expect, test } from 'vitest';
import type { Trace } from '@/api/types';
import { columnsOf } from '@/diagram/columns';
import { cellAt } from '@/diagram/heat-layout';
import { pictureOf } from '@/diagram/picture';
import { placeOf } from '@/diagram/places';
import { type Most, shownOf } from '@/diagram/windows';
import { recorded } from '../recorded';

const drawn = (trace: Trace, most?: Most) => {
  const columns = columnsOf(trace);
  return pictureOf(
    trace,
    columns,
    columns.map(({ count }) => shownOf(count, 0, null, most)),
  );
};

describe.each(['chapter', 'two-layers', 'xor', 'batch-of-three', 'vanishing'] as const)(
  'a network whose nodes are looked up: %s',
  (slug) => {
    const { trace } = recorded(slug);
    const found = drawn({ ...trace, nodes: null, edges: null });

    test('has the nodes that the service lists; of a bias node the gradient is not known', () => {
      const listed = trace.nodes?.map((node) => (node.role === 'bias' ? { ...node, gradient: null } : node));
      expect(found.nodes.toSorted(byId)).toEqual(listed?.toSorted(byId));
    });

    test('has the edges that the service lists', () => {
      expect(found.edges.toSorted(byId)).toEqual(trace.edges?.toSorted(byId));
    });
  },
);

test('a network that is drawn in part has edges between what is drawn, and biases always', () => {
  const { trace } = recorded('batch-of-three');
  const columns = columnsOf(trace);
  const shown = columns.map(({ count }) => ({ units: [count - 1], gaps: [{ from: 0, hidden: count - 1 }] }));
  const { nodes, edges } = pictureOf(trace, columns, shown);
  expect(nodes.map(({ id }) => id)).toEqual(['x_0', 'x_3', 'h_0^(1)', 'h_4^(1)', 'ŷ_2']);
  expect(edges.map(({ id }) => id)).toEqual(['fc_1.b[3]', 'fc_1.w[2,3]', 'fc_2.b[1]', 'fc_2.w[3,1]']);
});

test('images have no columns of units', () => {
  const { trace } = recorded('chapter');
  const images = { ...trace, document: { ...trace.document, x: [[[[1, 2]]]] } } as unknown as Trace;
  expect(columnsOf(images)).toEqual([]);
});

test('every number stands at its units', () => {
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

test('a place of a heat map is a cell of its matrix, and beside it is none', () => {
  const values = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  expect(cellAt(values, 0, 0)).toEqual({ row: 0, column: 0 });
  expect(cellAt(values, 0.99, 0.5)).toEqual({ row: 1, column: 2 });
  expect(cellAt(values, 1, 0.5)).toBeNull();
  expect(cellAt(values, -0.01, 0.5)).toBeNull();
});

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
