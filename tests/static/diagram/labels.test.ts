import { describe, expect, test } from 'vitest';
import type { TraceEdge, TraceNode } from '@/api/types';
import { crowdedOut, LABEL, MARK, placeLabels } from '@/diagram/labels';
import { LEGIBLE } from '@/model/geometry';
import { type Layout, layout, type Point, RADIUS } from '@/model/layout';
import { facesAt, TYPE } from '@/model/plan';
import { recorded, SLUGS } from '../recorded';

const SPACES = [
  { width: 660, height: 500 },
  { width: 1220, height: 900 },
];

const facesOf = (picture: Layout) => facesAt(picture, picture.home.scale, LEGIBLE.usual, picture.activated);
const placed = (picture: Layout) => placeLabels(picture, facesOf(picture));

describe.each(SLUGS)('the numbers on the edges of %s', (slug) => {
  const { nodes, edges } = recorded(slug).trace;

  test.each(SPACES)('overlap neither each other nor a node in $width × $height', (space) => {
    const picture = layout(nodes as TraceNode[], edges as TraceEdge[], space);
    const labels = [...placed(picture).values()].filter(({ room }) => room);
    const larger = facesOf(picture).size / TYPE;
    const label = { width: LABEL.width * larger, height: LABEL.height * larger };
    for (const one of labels) {
      for (const other of labels) {
        if (one === other) continue;
        const apart = Math.abs(one.x - other.x) >= label.width || Math.abs(one.y - other.y) >= label.height;
        expect(apart).toBe(true);
      }
      for (const node of picture.nodes) {
        const dx = Math.max(0, Math.abs(one.x - node.x) - label.width / 2);
        const dy = Math.max(0, Math.abs(one.y - node.y) - label.height / 2);
        expect(Math.hypot(dx, dy)).toBeGreaterThan(RADIUS);
      }
    }
  });

  test('nearly all have room, because they are few', () => {
    const labels = placed(layout(nodes as TraceNode[], edges as TraceEdge[], { width: 680, height: 530 }));
    // The columns of a deep network are closer, and some of its numbers are shown only on hover.
    const deep = Math.max(...(nodes ?? []).map(({ layer }) => layer)) > 3;
    const found = [...labels.values()].filter(({ room }) => room).length;
    const numbered = (edges ?? []).filter(({ ref }) => ref !== null).length;
    expect(found).toBeGreaterThanOrEqual(numbered * (deep ? 0.5 : 0.95));
    expect(labels.size).toBe(numbered);
  });

  test('stand on their edges', () => {
    const picture = layout(nodes as TraceNode[], edges as TraceEdge[], { width: 680, height: 530 });
    const labels = placed(picture);
    for (const { edge, from, to } of picture.edges) {
      const label = labels.get(edge.id);
      if (edge.ref === null) continue;
      const along = ((label?.x ?? 0) - from.x) / (to.x - from.x);
      expect(label?.y).toBeCloseTo(from.y + along * (to.y - from.y), 6);
    }
  });
});

test('while an edge shows several numbers no other label covers them, and the rest stay the same objects', () => {
  const { nodes, edges } = recorded('two-layers').trace;
  const picture = layout(nodes as TraceNode[], edges as TraceEdge[], { width: 680, height: 400 });
  const faces = facesOf(picture);
  const labels = placeLabels(picture, faces);
  expect(crowdedOut(labels, [], picture, faces)).toBe(labels);
  let moved = 0;
  for (const id of labels.keys()) {
    const current = picture.edges.filter(({ edge }) => edge.id === id).map((placed) => ({ placed, lines: 3 }));
    const now = crowdedOut(labels, current, picture, faces);
    const own = now.get(id);
    if (!own?.tall) continue;
    for (const [other, label] of now) {
      if (other === id || !label.room) continue;
      const apart =
        Math.abs(label.x - own.x) >= (LABEL.width * faces.size) / TYPE ||
        Math.abs(label.y - own.y) >= (LABEL.height * faces.size) / TYPE + faces.line;
      expect(apart, `${other} beside ${id}`).toBe(true);
    }
    moved += [...now].filter(([other, label]) => label !== labels.get(other)).length;
    expect(crowdedOut(labels, current, picture, faces)).toEqual(now);
    for (const [other, label] of crowdedOut(labels, current, picture, faces)) expect(label).toBe(now.get(other));
  }
  expect(moved).toBeGreaterThan(0);
});

test('an omitted number has a sign on its line, clear of numbers, signs and units', () => {
  const { nodes, edges } = recorded('vanishing').trace;
  const picture = layout(nodes as TraceNode[], edges as TraceEdge[], { width: 684, height: 430 });
  const faces = facesOf(picture);
  const larger = faces.size / TYPE;
  const resting = placeLabels(picture, faces);
  const [first] = picture.edges.filter(({ edge }) => resting.get(edge.id)?.room);
  const current = first ? [{ placed: first, lines: 3 }] : [];
  for (const labels of [resting, crowdedOut(resting, current, picture, faces)]) {
    const all = [...labels.values()];
    const left = all.filter(({ room }) => !room);
    expect(left.length).toBeGreaterThan(10);
    expect(left.filter(({ mark }) => mark).length).toBeGreaterThan(0.9 * left.length);
    const marks = left.flatMap(({ mark }) => mark ?? []);
    const apart = (one: Point, other: Point, width: number, height: number) =>
      Math.abs(one.x - other.x) >= (width * larger) / 2 || Math.abs(one.y - other.y) >= (height * larger) / 2;
    for (const mark of marks) {
      for (const other of marks)
        if (other !== mark) expect(apart(mark, other, 2 * MARK.width, 2 * MARK.height)).toBe(true);
      for (const label of all.filter(({ room }) => room)) {
        expect(apart(mark, label, MARK.width + LABEL.width, MARK.height + LABEL.height)).toBe(true);
      }
      for (const node of picture.nodes) expect(Math.hypot(mark.x - node.x, mark.y - node.y)).toBeGreaterThan(RADIUS);
    }
  }
});

test('between close units, a number of the step has fewer digits, is moved or has a sign, and covers no unit', () => {
  const { nodes, edges } = recorded('vanishing').trace;
  const seen = { whole: 0, narrow: 0, aside: 0, none: 0 };
  for (const window of [
    { width: 900, height: 420 },
    { width: 620, height: 190 },
    { width: 620, height: 220 },
    { width: 640, height: 260 },
    { width: 800, height: 220 },
    { width: 350, height: 420 },
  ]) {
    const picture = layout(nodes as TraceNode[], edges as TraceEdge[], window);
    const faces = facesOf(picture);
    for (const placed_ of picture.edges) {
      const { edge, from, to } = placed_;
      const needs = picture.edges.filter((other) => other.edge.target === edge.target);
      const current = needs.map((one) => ({ placed: one, lines: 1 }));
      const label = crowdedOut(placed(picture), current, picture, faces).get(edge.id);
      if (!label) continue;
      if (label.none) {
        seen.none += 1;
        expect(label.mark, edge.id).toBeTruthy();
        continue;
      }
      const half = (label.within ?? (LABEL.width * faces.size) / TYPE) / 2;
      const low = (LABEL.height * faces.size) / TYPE / 2;
      for (const { node, x, y } of picture.nodes) {
        const [across, down] = [Math.max(0, Math.abs(x - label.x) - half), Math.max(0, Math.abs(y - label.y) - low)];
        expect(Math.hypot(across, down), `${edge.id} on ${node.id}`).toBeGreaterThanOrEqual(RADIUS);
      }
      const on = from.y + ((to.y - from.y) * (label.x - from.x)) / (to.x - from.x);
      seen[label.within ? 'narrow' : Math.abs(on - label.y) > 1 ? 'aside' : 'whole'] += 1;
    }
  }
  expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(0);
});
