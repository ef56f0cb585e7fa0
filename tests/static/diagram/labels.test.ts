import { describe, expect, test } from 'vitest';
import type { TraceEdge, TraceNode } from '@/api/types';
import { LABEL, placeLabels } from '@/diagram/labels';
import { layout, RADIUS } from '@/diagram/layout';
import { recorded, SLUGS } from '../recorded';

const SPACES = [
  { width: 660, height: 500 },
  { width: 1220, height: 900 },
];

describe.each(SLUGS)('the numbers on the edges of %s', (slug) => {
  const { nodes, edges } = recorded(slug).trace;

  test.each(SPACES)('overlap neither each other nor a node in $width × $height', (space) => {
    const picture = layout(nodes as TraceNode[], edges as TraceEdge[], space);
    const labels = [...placeLabels(picture).values()].filter(({ room }) => room);
    for (const one of labels) {
      for (const other of labels) {
        if (one === other) continue;
        const apart = Math.abs(one.x - other.x) >= LABEL.width || Math.abs(one.y - other.y) >= LABEL.height;
        expect(apart).toBe(true);
      }
      for (const node of picture.nodes) {
        const dx = Math.max(0, Math.abs(one.x - node.x) - LABEL.width / 2);
        const dy = Math.max(0, Math.abs(one.y - node.y) - LABEL.height / 2);
        expect(Math.hypot(dx, dy)).toBeGreaterThan(RADIUS);
      }
    }
  });

  test('all find room, as there are few', () => {
    const labels = placeLabels(layout(nodes as TraceNode[], edges as TraceEdge[], { width: 680, height: 530 }));
    // The columns of a deep network stand closer, and some of its numbers show only where one looks.
    const deep = Math.max(...(nodes ?? []).map(({ layer }) => layer)) > 3;
    const found = [...labels.values()].filter(({ room }) => room).length;
    expect(found).toBeGreaterThanOrEqual((edges?.length ?? 0) * (deep ? 0.5 : 1));
    expect(labels.size).toBe(edges?.length);
  });

  test('stand on their edges', () => {
    const picture = layout(nodes as TraceNode[], edges as TraceEdge[], { width: 680, height: 530 });
    const labels = placeLabels(picture);
    for (const { edge, from, to } of picture.edges) {
      const label = labels.get(edge.id);
      const along = ((label?.x ?? 0) - from.x) / (to.x - from.x);
      expect(label?.y).toBeCloseTo(from.y + along * (to.y - from.y), 6);
    }
  });
});
