import { describe, expect, test } from 'vitest';
import type { TraceEdge, TraceNode } from '@/api/types';
import { fitted, layout, NODE_ABOVE, NODE_BELOW, RADIUS, TRUTH_HALF } from '@/diagram/layout';
import { recorded, SLUGS } from '../recorded';

const SPACES = [
  { width: 680, height: 530 },
  { width: 1220, height: 900 },
  { width: 820, height: 500 },
];

function placed(slug: (typeof SLUGS)[number], space = SPACES[0] as (typeof SPACES)[number]) {
  const { nodes, edges } = recorded(slug).trace;
  return layout(nodes as TraceNode[], edges as TraceEdge[], space);
}

test.each(SLUGS)('on a phone %s lies between the controls and the three lines of the legend', (slug) => {
  const phone = { width: 360, height: 350 };
  const picture = placed(slug, phone);
  const { scale, y } = fitted(picture, phone);
  expect(y).toBeGreaterThanOrEqual(46);
  expect(y + picture.height * scale).toBeLessThanOrEqual(phone.height - 84 + 1e-9);
});

describe.each(SLUGS)('the layout of %s', (slug) => {
  test.each(SPACES)('keeps nodes, with what stands above and below them, apart in $width × $height', (space) => {
    const { nodes } = placed(slug, space);
    for (const one of nodes) {
      for (const other of nodes) {
        if (one === other) continue;
        const apart =
          Math.abs(one.x - other.x) >= 2 * RADIUS || Math.abs(one.y - other.y) >= NODE_ABOVE + NODE_BELOW - 4;
        expect(apart, `${one.node.id} and ${other.node.id}`).toBe(true);
      }
    }
  });

  test('puts the bias on top of its column, and the others below it in order', () => {
    const { nodes } = placed(slug);
    for (const { node, y, x } of nodes) {
      const below = nodes.filter((other) => other.x === x && other.y > y);
      if (node.role === 'bias') expect(nodes.filter((other) => other.x === x && other.y < y)).toEqual([]);
      for (const other of below) expect(other.node.index ?? -1).toBeGreaterThan(node.index ?? -1);
    }
  });

  test('runs from left to right: every edge, then the truths, then the loss', () => {
    const { nodes, edges, truths, loss } = placed(slug);
    for (const { from, to } of edges) expect(to.x).toBeGreaterThan(from.x);
    for (const truth of truths) {
      expect(truth.x - TRUTH_HALF).toBeGreaterThan(Math.max(...nodes.map(({ x }) => x)) + RADIUS);
      expect(loss.x - RADIUS).toBeGreaterThan(truth.x + TRUTH_HALF);
    }
  });

  test('sets each truth level with its output', () => {
    const { nodes, truths } = placed(slug);
    const outputs = nodes.filter(({ node }) => node.role === 'output');
    expect(truths.map(({ y }) => y)).toEqual(outputs.map(({ y }) => y));
  });

  test.each(SPACES)('holds all of it, and fits into $width × $height', (space) => {
    const picture = placed(slug, space);
    for (const { x, y } of [...picture.nodes, picture.loss]) {
      expect(x - RADIUS).toBeGreaterThanOrEqual(0);
      expect(x + RADIUS).toBeLessThanOrEqual(picture.width);
      expect(y - RADIUS).toBeGreaterThanOrEqual(0);
      expect(y + RADIUS).toBeLessThanOrEqual(picture.height);
    }
    const { scale, x, y } = fitted(picture, space);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(x + picture.width * scale).toBeLessThanOrEqual(space.width + 1e-9);
    expect(y + picture.height * scale).toBeLessThanOrEqual(space.height + 1e-9);
  });
});
