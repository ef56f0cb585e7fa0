import { describe, expect, test, vi } from 'vitest';
import { aroundZero, decoded, lineAt, pixelsOf, placeIn, unitOf } from '@/train/surface';

const encoded = (numbers: number[]): string => Buffer.from(new Float32Array(numbers).buffer).toString('base64');

describe('the surface', () => {
  test('is decoded, and has one unit of several', () => {
    const numbers = decoded({ units: 2, float32: encoded([1, -2, 0.5, 4]) });
    expect([...numbers]).toEqual([1, -2, 0.5, 4]);
    expect([...unitOf(numbers, 2, 1)]).toEqual([-2, 4]);
  });

  test('without targets has a scale around 0 to its largest number', () => {
    expect(aroundZero(Float32Array.of(-3, 2, Number.NaN))).toEqual({ from: -3, to: 3 });
    expect(aroundZero(Float32Array.of(0, 0))).toEqual({ from: -1, to: 1 });
  });

  test('has its border where the values cross a level: here x + y = 2.5, in a square of 4', () => {
    const size = 5;
    const plane = Float32Array.from({ length: size * size }, (_, place) => (place % size) + Math.floor(place / size));
    const path = lineAt(plane, size, 2.5);
    const ends = [...path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), size - 1 - Number(y)]);
    expect(ends.length).toBeGreaterThan(4);
    for (const [x = 0, y = 0] of ends) expect(x + y).toBeCloseTo(2.5, 1);
    expect(lineAt(plane, size, 100)).toBe('');
    // A training that diverges has numbers that are not finite.
    expect(lineAt(Float32Array.of(-1, Infinity, NaN, 1), 2, 0)).toBe('');
  });

  test('is painted from below: the lowest row of the inputs is the last of the pixels', () => {
    vi.stubGlobal(
      'ImageData',
      class {
        constructor(readonly data: Uint8ClampedArray) {}
      },
    );
    const [black, grey, white, red] = [
      [0, 0, 0],
      [128, 128, 128],
      [255, 255, 255],
      [200, 0, 0],
    ] as const;
    const palette = { negative: black, zero: grey, positive: white, least: grey, most: white, wrong: red };
    const { data } = pixelsOf(Float32Array.of(-1, 0, 1, Number.NaN), 2, { from: -1, to: 1 }, palette);
    const pixels = [0, 4, 8, 12].map((start) => [...data.slice(start, start + 3)]);
    expect(pixels).toEqual([white, red, black, grey]);
    vi.unstubAllGlobals();
  });

  test('has the rows at their inputs: the lowest at the bottom left', () => {
    const outputs = { units: 1, float32: '' };
    const surface = {
      size: 11,
      lowest: [-5, 0] as [number, number],
      highest: [5, 20] as [number, number],
      outputs,
      of: 'output' as const,
    };
    expect(placeIn(surface, [-5, 0])).toEqual([0, 10]);
    expect(placeIn(surface, [5, 20])).toEqual([10, 0]);
    expect(placeIn(surface, [0, 5])).toEqual([5, 7.5]);
  });
});
