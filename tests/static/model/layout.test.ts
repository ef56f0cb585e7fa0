import { describe, expect, test } from 'vitest';
import type { TraceEdge, TraceNode } from '@/api/types';
import { LEGIBLE, type Room } from '@/model/geometry';
import { layout, RADIUS, TRUTH_HALF } from '@/model/layout';
import { facesAt } from '@/model/plan';
import { recorded, SLUGS } from '../recorded';

const SPACES = [
  { width: 680, height: 530 },
  { width: 1220, height: 900 },
  { width: 820, height: 500 },
];

function placed(slug: (typeof SLUGS)[number], space: Room = SPACES[0] as Room) {
  const { nodes, edges } = recorded(slug).trace;
  return layout(nodes as TraceNode[], edges as TraceEdge[], space);
}

test.each(SLUGS)('on a phone %s is between the controls and the legend, at any height of them', (slug) => {
  for (const barHeight of [42, 74]) {
    for (const foot of [40, 62, 84, 110]) {
      const phone = { width: 360, height: 350, bar: { width: 340, height: barHeight }, foot };
      const { home, height } = placed(slug, phone);
      expect(home.y).toBeGreaterThanOrEqual(barHeight);
      expect(home.y + height * home.scale).toBeLessThanOrEqual(phone.height - foot + 1e-9);
    }
  }
});

test.each(SLUGS)('beneath the last row of %s there is room for all lines of its numbers', (slug) => {
  for (const width of [360, 390, 600, 820]) {
    for (const height of [250, 320, 360, 440, 520, 640]) {
      const picture = placed(slug, { width, height, bar: { width: 340, height: 42 }, foot: 84 });
      const { lines, inside, line } = facesAt(picture, picture.home.scale, LEGIBLE.usual, picture.activated);
      const lowest = Math.max(...picture.nodes.map(({ y }) => y));
      const beneath = RADIUS + Math.min(lines, inside ? 1 : 2) * line;
      expect(lowest + beneath, `${width} × ${height}`).toBeLessThanOrEqual(picture.height);
    }
  }
});

test.each(SLUGS)('nothing of %s is beneath the controls, and unused height is free', (slug) => {
  for (const space of SPACES) {
    for (const width of [120, 320, 600]) {
      const bar = { width, height: 42 };
      const picture = placed(slug, { ...space, bar });
      const { home } = picture;
      for (const { x, y } of [...picture.nodes, ...picture.truths, picture.loss]) {
        const right = (x + RADIUS) * home.scale + home.x;
        const top = (y - RADIUS) * home.scale + home.y;
        expect(right <= space.width - width || top >= bar.height).toBe(true);
      }
    }
  }
});

describe.each(SLUGS)('the layout of %s', (slug) => {
  test.each(SPACES)('keeps nodes and their numbers apart in $width × $height', (space) => {
    const picture = placed(slug, space);
    const { lines, line } = facesAt(picture, picture.home.scale, LEGIBLE.usual, picture.activated);
    for (const one of picture.nodes) {
      for (const other of picture.nodes) {
        if (one === other) continue;
        const apart = Math.abs(one.x - other.x) >= 2 * RADIUS || Math.abs(one.y - other.y) >= 2 * RADIUS + lines * line;
        expect(apart, `${one.node.id} and ${other.node.id}`).toBe(true);
      }
    }
  });

  test('places the bias at the top of its column, and the others below it in order', () => {
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

  test('places each truth level with its output', () => {
    const { nodes, truths } = placed(slug);
    const outputs = nodes.filter(({ node }) => node.role === 'output');
    expect(truths.map(({ y }) => y)).toEqual(outputs.map(({ y }) => y));
  });

  test.each(SPACES)('fits into $width × $height completely', (space) => {
    const picture = placed(slug, space);
    for (const { x, y } of [...picture.nodes, picture.loss]) {
      expect(x - RADIUS).toBeGreaterThanOrEqual(0);
      expect(x + RADIUS).toBeLessThanOrEqual(picture.width);
      expect(y - RADIUS).toBeGreaterThanOrEqual(0);
      expect(y + RADIUS).toBeLessThanOrEqual(picture.height);
    }
    const { scale, x, y } = picture.home;
    expect(x).toBeGreaterThanOrEqual(-1e-9);
    expect(y).toBeGreaterThanOrEqual(-1e-9);
    expect(x + picture.width * scale).toBeLessThanOrEqual(space.width + 1e-9);
    expect(y + picture.height * scale).toBeLessThanOrEqual(space.height + 1e-9);
  });
});

test('a picture of weights is not beneath the controls either', () => {
  const nodes = [6, 6, 2].flatMap((count, layer) =>
    Array.from(
      { length: count },
      (_, index) => ({ id: `${layer} ${index}`, layer, index, role: 'hidden', pre: null }) as unknown as TraceNode,
    ),
  );
  const edges = nodes.flatMap((source) =>
    nodes.flatMap((target) =>
      target.layer === source.layer + 1
        ? [{ id: `${source.id} ${target.id}`, source: source.id, target: target.id } as unknown as TraceEdge]
        : [],
    ),
  );
  const space = { width: 1100, height: 600 };
  const top = (drawn: readonly TraceEdge[]) => {
    const { between, home } = layout(nodes, drawn, { ...space, bar: { width: 0, height: 42 } });
    const [, last] = between;
    // The controls cover half of the gap between the last two columns, and no circle.
    const middle = ((last?.x ?? 0) + (last?.width ?? 0) / 2) * home.scale + home.x;
    const free = layout(nodes, drawn, { ...space, bar: { width: space.width - middle, height: 42 } });
    return (free.between[1]?.y ?? 0) * free.home.scale + free.home.y;
  };
  expect(top(edges)).toBeLessThan(42);
  // If weights are too many for lines, they are drawn as a picture.
  expect(top(edges.filter(({ target }) => !target.startsWith('2')))).toBeGreaterThanOrEqual(42);
});
