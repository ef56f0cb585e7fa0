import { describe, expect, test } from 'vitest';
import type { TraceEdge, TraceNode } from '@/api/types';
import { asked, closeTo, onTheWay, strayed, subjectOf } from '@/diagram/zoom';
import { layout, RADIUS, type View } from '@/model/layout';
import { recorded, SLUGS } from '../recorded';

const SPACE = { width: 680, height: 530 };

function placed(slug: (typeof SLUGS)[number]) {
  const { nodes, edges } = recorded(slug).trace;
  return layout(nodes as TraceNode[], edges as TraceEdge[], SPACE);
}

const shownAt = ({ x, y, scale }: View, place: { x: number; y: number }) => [place.x * scale + x, place.y * scale + y];

describe.each(SLUGS)('zooming in on the parts of %s', (slug) => {
  const picture = placed(slug);
  const whole = picture.home.scale;
  const parts = [
    ...picture.nodes.map(({ node }) => node.id),
    ...picture.edges.map(({ edge }) => edge.id),
    ...picture.truths.map(({ unit }) => `truth-${unit}`),
    'loss',
  ];

  test('centres each part, larger than in the whole picture, and large enough to be read', () => {
    for (const id of parts) {
      const subject = subjectOf(picture, id);
      if (!subject) throw new Error(`${id} is nowhere`);
      const view = closeTo(subject, SPACE, whole);
      expect(view.scale, id).toBeGreaterThan(1.39 * whole);
      expect(view.scale, id).toBeGreaterThanOrEqual(1.5);
      const [across, down] = shownAt(view, subject.middle);
      expect(across).toBeCloseTo(SPACE.width / 2, 9);
      // The legend below takes more room than the controls above.
      expect(down).toBeCloseTo(255, 9);
    }
  });

  test('ignores an unknown part', () => {
    expect(subjectOf(picture, 'fc_9.w[0,0]')).toBe(null);
  });
});

test('the units of the next column are visible if numbers stay large', () => {
  const picture = placed('xor');
  const space = { width: 1400, height: 900 };
  const [one] = picture.nodes;
  const subject = one && subjectOf(picture, one.node.id);
  const next = picture.nodes.find(({ x }) => one && x > one.x);
  if (!one || !subject || !next) throw new Error('no two columns');
  const view = closeTo(subject, space, 1);
  expect(shownAt(view, next)[0]).toBeLessThan(space.width - RADIUS * view.scale);
});

describe('the movement', () => {
  const from = { x: 10, y: -20, scale: 0.5 };
  const to = { x: -300, y: 40, scale: 2 };

  test('starts and ends at the right views', () => {
    expect(onTheWay(from, to, 0)).toEqual(from);
    expect(onTheWay(from, to, 1)).toEqual(to);
  });

  test('keeps one point of the picture fixed', () => {
    const still = { x: (to.x - from.x) / (from.scale - to.scale), y: (to.y - from.y) / (from.scale - to.scale) };
    const at = shownAt(from, still);
    for (const part of [0.25, 0.5, 0.9, 1]) {
      const [x, y] = shownAt(onTheWay(from, to, part), still);
      expect(x).toBeCloseTo(at[0] as number, 9);
      expect(y).toBeCloseTo(at[1] as number, 9);
    }
  });

  test('is straight between views of the same scale', () => {
    expect(onTheWay(from, { ...from, x: 30 }, 0.5)).toEqual({ x: 20, y: -20, scale: 0.5 });
  });
});

describe('zooming', () => {
  const before = { x: 1, y: 2, scale: 0.8 };

  test('twice to the same part returns to the view before', () => {
    const close = asked(null, 'h_1', before);
    expect(close).toEqual({ id: 'h_1', from: before, strayed: false });
    expect(asked(close, 'h_1', { x: 0, y: 0, scale: 2 })).toBe(null);
  });

  test('from part to part keeps the first view for the way back', () => {
    const first = asked(null, 'h_1', null);
    expect(asked(first, 'h_2', { x: 0, y: 0, scale: 2 })).toEqual({ id: 'h_2', from: null, strayed: false });
  });

  test('returns to the part first after the view was moved by hand', () => {
    const away = strayed(asked(null, 'h_1', before), 1.8);
    expect(asked(away, 'h_1', { x: 0, y: 0, scale: 1.8 })).toEqual({ id: 'h_1', from: before, strayed: false });
  });

  test('out of the whole picture has no view to return to', () => {
    expect(strayed(asked(null, 'h_1', before), 0.4)).toBe(null);
    expect(strayed(null, 2)).toBe(null);
  });
});
