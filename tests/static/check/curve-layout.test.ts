import { describe, expect, test } from 'vitest';
import type { CurvePoint } from '@/api/questions';
import { curveLayout } from '@/check/curve-layout';
import { OF_NOTHING, OF_TANH } from './differences';

const ROOM = { width: 360, height: 220 };

describe('the curve', () => {
  const { dots, left, right, top, bottom, x, y } = curveLayout(OF_TANH, ROOM);

  test('has a dot for every point, from the smallest step to the largest, inside its axes', () => {
    expect(dots.map(({ point }) => point.epsilon)).toEqual(OF_TANH.map(({ epsilon }) => epsilon).sort((a, b) => a - b));
    for (const dot of dots) {
      expect(dot.x).toBeGreaterThanOrEqual(left - 1e-9);
      expect(dot.x).toBeLessThanOrEqual(right + 1e-9);
      expect(dot.y).toBeGreaterThanOrEqual(top - 1e-9);
      expect(dot.y).toBeLessThanOrEqual(bottom + 1e-9);
    }
  });

  test('places each dot according to the axes', () => {
    for (const { point, ...dot } of dots) {
      expect(dot.x).toBeCloseTo(x(point.epsilon), 9);
      expect(dot.y).toBeCloseTo(y(point.relative_error), 9);
    }
  });

  test('runs through all of its dots in order', () => {
    const places = curveLayout(OF_TANH, ROOM).path.split(/[ML]/).slice(1);
    expect(places).toEqual(dots.map((dot) => `${dot.x} ${dot.y}`));
  });

  test('keeps its axes for usual errors, and widens them for others', () => {
    expect([y.from, y.to]).toEqual([-16, 0]);
    const beyond = [...OF_TANH, { ...(OF_TANH[0] as CurvePoint), epsilon: 0.05, relative_error: 250 }];
    const wider = curveLayout(beyond, ROOM);
    expect([wider.y.from, wider.y.to]).toEqual([-16, 3]);
    expect(Math.min(...wider.dots.map((dot) => dot.y))).toBeGreaterThanOrEqual(wider.top);
  });

  test('is on the axis where the error is exactly 0', () => {
    const exact = curveLayout(OF_NOTHING, ROOM).dots.filter((dot) => dot.exact);
    expect(exact).toHaveLength(OF_NOTHING.length);
    for (const { point, ...dot } of exact) {
      expect(point.relative_error).toBe(0);
      expect(dot.y).toBe(bottom);
    }
  });

  test('omits errors that are not finite', () => {
    const broken = OF_TANH.map((point, place) => (place === 3 ? { ...point, relative_error: Number.NaN } : point));
    const drawn = curveLayout(broken, ROOM);
    expect(drawn.dots).toHaveLength(OF_TANH.length - 1);
    expect(drawn.path).not.toContain('NaN');
  });

  test('draws its arms inside the picture', () => {
    const { truncation, rounding } = curveLayout(OF_TANH, ROOM);
    for (const arm of [truncation, rounding]) {
      expect(arm).not.toBeNull();
      for (const { x: across, y: down } of [arm?.from, arm?.to].filter((end) => end !== undefined)) {
        expect(across).toBeGreaterThanOrEqual(left - 1e-9);
        expect(across).toBeLessThanOrEqual(right + 1e-9);
        expect(down).toBeGreaterThanOrEqual(top - 1e-9);
        expect(down).toBeLessThanOrEqual(bottom + 1e-9);
      }
    }
  });
});
