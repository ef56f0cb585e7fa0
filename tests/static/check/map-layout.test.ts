import { describe, expect, test } from 'vitest';
import type { TraceEdge, TraceNode } from '@/api/types';
import { mapLayout } from '@/check/ErrorMap';
import { recorded, SLUGS } from '../recorded';

const ROOMS = [
  { width: 360, height: 180 },
  { width: 620, height: 300 },
  { width: 300, height: 240 },
];

describe.each(SLUGS)('the map of %s', (slug) => {
  const { nodes, edges } = recorded(slug).trace as { nodes: TraceNode[]; edges: TraceEdge[] };

  test.each(ROOMS)('fits into $width × $height without overlapping circles', (room) => {
    const map = mapLayout(nodes, edges, room);
    expect(map.nodes).toHaveLength(nodes.length);
    for (const one of map.nodes) {
      expect(one.x - map.radius).toBeGreaterThanOrEqual(0);
      expect(one.x + map.radius).toBeLessThanOrEqual(room.width);
      expect(one.y - map.radius).toBeGreaterThanOrEqual(0);
      expect(one.y + map.radius).toBeLessThanOrEqual(room.height);
      for (const other of map.nodes) {
        if (one !== other) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(2 * map.radius);
      }
    }
  });

  test('has every line of the network, from circle to circle, left to right', () => {
    const map = mapLayout(nodes, edges, ROOMS[0] as (typeof ROOMS)[number]);
    expect(map.edges.map(({ edge }) => edge.id)).toEqual(edges.map(({ id }) => id));
    for (const { from, to } of map.edges) expect(to.x).toBeGreaterThan(from.x);
  });

  test('keeps the diagram’s order from top to bottom', () => {
    const { nodes: placed } = mapLayout(nodes, edges, ROOMS[0] as (typeof ROOMS)[number]);
    for (const { node, x, y } of placed) {
      for (const other of placed.filter((one) => one.x === x && one.y > y)) {
        expect(other.node.index ?? -1).toBeGreaterThan(node.index ?? -1);
      }
    }
  });
});

test('a network of one column in a tiny room is still drawn', () => {
  const { nodes } = recorded('chapter').trace as { nodes: TraceNode[] };
  const inputs = nodes.filter(({ layer }) => layer === 0);
  const map = mapLayout(inputs, [], { width: 40, height: 40 });
  for (const { x, y } of map.nodes) expect(Number.isFinite(x + y)).toBe(true);
  expect(map.named).toBe(false);
});
