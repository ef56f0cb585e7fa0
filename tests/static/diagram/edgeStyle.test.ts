import { describe, expect, test } from 'vitest';
import type { TraceEdge } from '@/api/types';
import { edgeStyleOf, largest, quantityAt } from '@/diagram/edgeStyle';
import { finish } from '@/model/cursor';
import { ends } from '../ends';
import { recorded } from '../recorded';

const { trace } = recorded('chapter');
const { stages } = trace;
const edges = trace.edges as TraceEdge[];
const always = () => true;
const passes = ends(stages, 'pass') as [number, number, number, number];

describe('an edge', () => {
  test('shows its weight forward, its gradient backward, its new weight in the update', () => {
    expect([0, passes[0], passes[1]].map((at) => quantityAt(stages, at, 'auto'))).toEqual([
      'weight',
      'weight',
      'weight',
    ]);
    expect(quantityAt(stages, passes[2], 'auto')).toBe('gradient');
    expect(quantityAt(stages, finish(stages), 'auto')).toBe('next');
  });

  test('shows the chosen quantity at every step', () => {
    expect([0, ...passes].map((at) => quantityAt(stages, at, 'product'))).toEqual(Array(5).fill('product'));
  });

  test('has a product as soon as the sum of the product is known, and no ref for it', () => {
    const ink = (summed: boolean) =>
      edgeStyleOf(
        edges[2] as TraceEdge,
        'product',
        () => true,
        () => summed,
        1,
      );
    expect(ink(false).value).toBeNull();
    expect(ink(true)).toMatchObject({ value: edges[2]?.product, ref: null });
  });

  test('has no product until the products arrive', () => {
    const edge = { ...edges[2], product: null } as TraceEdge;
    expect(edgeStyleOf(edge, 'product', always, always, 1).value).toBeNull();
  });

  test('is scaled by the largest number of its kind, in the order of the service', () => {
    for (const quantity of ['weight', 'gradient', 'next', 'product'] as const) {
      const all = edges.map((edge) => Math.abs(edge[quantity] ?? 0));
      expect(largest(trace, quantity)).toBe(Math.max(...all));
    }
  });

  test('is thickest and strongest where its number is largest', () => {
    const scale = largest(trace, 'weight');
    const inks = edges.map((edge) => ({
      size: Math.abs(edge.weight ?? 0),
      ink: edgeStyleOf(edge, 'weight', () => true, always, scale),
    }));
    inks.sort((one, other) => one.size - other.size);
    const widths = inks.map(({ ink }) => ink.width);
    expect(widths).toEqual([...widths].sort((one, other) => one - other));
    expect(inks.at(-1)?.ink.strength).toBe(1);
  });

  test('is neutral and has no label while its number is unknown', () => {
    expect(
      edgeStyleOf(
        edges[0] as TraceEdge,
        'gradient',
        () => false,
        () => false,
        1,
      ),
    ).toMatchObject({
      value: null,
      ref: null,
      strength: 0,
    });
  });

  test('shows its sign', () => {
    const signs = edges.map(
      (edge) => edgeStyleOf(edge, 'gradient', () => true, always, largest(trace, 'gradient')).negative,
    );
    expect(signs).toEqual(edges.map(({ gradient }) => (gradient ?? 0) < 0));
  });
});
