import { describe, expect, test } from 'vitest';
import { logScale, powers } from '@/ui/plot';

describe('a logarithmic axis', () => {
  const scale = logScale(-12, -1, 40, 370);

  test('begins and ends at its powers of ten', () => {
    expect(scale(1e-12)).toBeCloseTo(40, 9);
    expect(scale(1e-1)).toBeCloseTo(370, 9);
  });

  test('shows powers of ten at equal distances', () => {
    for (let power = -11; power <= -1; power += 1) {
      expect(scale(10 ** power) - scale(10 ** (power - 1))).toBeCloseTo(30, 9);
    }
  });

  test('may increase upwards', () => {
    const up = logScale(-16, 0, 200, 0);
    expect([up(1e-16), up(1e-8), up(1)]).toEqual([200, 100, 0]);
  });

  test('labels as many powers as fit, at equal distances', () => {
    expect(powers(scale, 330, 30)).toEqual([-12, -11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1]);
    expect(powers(scale, 330, 42)).toEqual([-12, -10, -8, -6, -4, -2]);
    expect(powers(scale, 330, 80)).toEqual([-12, -9, -6, -3]);
    for (const room of [20, 33, 50, 111]) {
      const named = powers(scale, 330, room);
      for (let place = 1; place < named.length; place += 1) {
        expect(((named[place] as number) - (named[place - 1] as number)) * 30).toBeGreaterThanOrEqual(room);
      }
    }
  });
});
