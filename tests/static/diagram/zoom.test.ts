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

describe.each(SLUGS)('closer to the parts of %s', (slug) => {
  const picture = placed(slug);
  const whole = picture.home.scale;
  const parts = [
    ...picture.nodes.map(({ node }) => node.id),
    ...picture.edges.map(({ edge }) => edge.id),
    ...picture.truths.map(({ unit }) => `truth-${unit}`),
    'loss',
  ];

  test('each is put into the middle, larger than in the whole picture, and large enough to be read', () => {
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

  test('what is no part is nowhere', () => {
    expect(subjectOf(picture, 'fc_9.w[0,0]')).toBe(null);
  });
});

test('the units of the next column are in sight where numbers stay large', () => {
  const picture = placed('xor');
  const space = { width: 1400, height: 900 };
  const [one] = picture.nodes;
  const subject = one && subjectOf(picture, one.node.id);
  const next = picture.nodes.find(({ x }) => one && x > one.x);
  if (!one || !subject || !next) throw new Error('no two columns');
  const view = closeTo(subject, space, 1);
  expect(shownAt(view, next)[0]).toBeLessThan(space.width - RADIUS * view.scale);
});

describe('on the way', () => {
  const from = { x: 10, y: -20, scale: 0.5 };
  const to = { x: -300, y: 40, scale: 2 };

  test('it starts and ends where it should', () => {
    expect(onTheWay(from, to, 0)).toEqual(from);
    expect(onTheWay(from, to, 1)).toEqual(to);
  });

  test('one place of the picture stays where it is', () => {
    const still = { x: (to.x - from.x) / (from.scale - to.scale), y: (to.y - from.y) / (from.scale - to.scale) };
    const at = shownAt(from, still);
    for (const part of [0.25, 0.5, 0.9, 1]) {
      const [x, y] = shownAt(onTheWay(from, to, part), still);
      expect(x).toBeCloseTo(at[0] as number, 9);
      expect(y).toBeCloseTo(at[1] as number, 9);
    }
  });

  test('between views of one scale it goes straight', () => {
    expect(onTheWay(from, { ...from, x: 30 }, 0.5)).toEqual({ x: 20, y: -20, scale: 0.5 });
  });
});

describe('asked for', () => {
  const before = { x: 1, y: 2, scale: 0.8 };

  test('twice, one is back where one was', () => {
    const close = asked(null, 'h_1', before);
    expect(close).toEqual({ id: 'h_1', from: before, strayed: false });
    expect(asked(close, 'h_1', { x: 0, y: 0, scale: 2 })).toBe(null);
  });

  test('from part to part, the way back stays that to the beginning', () => {
    const first = asked(null, 'h_1', null);
    expect(asked(first, 'h_2', { x: 0, y: 0, scale: 2 })).toEqual({ id: 'h_2', from: null, strayed: false });
  });

  test('once moved away by hand, it comes to the part again first', () => {
    const away = strayed(asked(null, 'h_1', before), 1.8);
    expect(asked(away, 'h_1', { x: 0, y: 0, scale: 1.8 })).toEqual({ id: 'h_1', from: before, strayed: false });
  });

  test('from afar there is nothing to go back from', () => {
    expect(strayed(asked(null, 'h_1', before), 0.4)).toBe(null);
    expect(strayed(null, 2)).toBe(null);
  });
});
