import { describe, expect, test } from 'vitest';
import type { LayerTrace } from '@/api/types';
import {
  boxAlong,
  boxAround,
  boxUnder,
  type Place,
  tapsOver,
  tapsUnder,
  type Windows,
  windowsOf,
} from '@/maps/receptive';

const FLAT = { transposed: false, across: true };
const plain: Windows = { height: 2, width: 2, stride: 1, padding: 0, dilation: 1, ...FLAT };
const padded: Windows = { height: 3, width: 3, stride: 2, padding: 1, dilation: 1, ...FLAT };
const spread: Windows = { height: 2, width: 3, stride: 2, padding: 1, dilation: 2, ...FLAT };

describe('a window', () => {
  test('is laid over the image stride by stride', () => {
    expect(boxUnder(plain, [1, 0])).toEqual({ top: 1, left: 0, rows: 2, columns: 2 });
    expect(boxUnder(padded, [1, 2])).toEqual({ top: 1, left: 3, rows: 3, columns: 3 });
    expect(boxUnder(spread, [0, 0])).toEqual({ top: -1, left: -1, rows: 3, columns: 5 });
  });

  test('sees the pixels under it row by row, and nothing in the padding', () => {
    expect(tapsUnder(plain, [1, 0], [3, 3]).map(({ at }) => at)).toEqual([
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
    ]);
    expect(tapsUnder(padded, [0, 0], [4, 4])).toEqual([
      { at: [0, 0], within: [1, 1] },
      { at: [0, 1], within: [1, 2] },
      { at: [1, 0], within: [2, 1] },
      { at: [1, 1], within: [2, 2] },
    ]);
  });

  test('is where the service says', () => {
    const { size: _, ...rest } = WINDOW;
    expect(windowsOf({ window: WINDOW })).toMatchObject({ ...rest, height: 2, width: 3 });
    expect(windowsOf({ window: null })).toBeNull();
  });
});

const WINDOW = {
  size: [2, 3],
  stride: 2,
  padding: 1,
  dilation: 2,
  transposed: true,
  across: true,
} satisfies LayerTrace['window'];

describe.each([
  ['plain', plain, [4, 5]],
  ['padded', padded, [5, 7]],
  ['spread', spread, [6, 9]],
] as const)('of %s windows', (_, windows, size) => {
  const counts: Place = [count(size[0], windows, windows.height), count(size[1], windows, windows.width)];

  test('a pixel lies in those that see it, and in no other', () => {
    for (const pixel of places(size)) {
      const seeing = places(counts).flatMap((at) =>
        tapsUnder(windows, at, size)
          .filter((tap) => tap.at.join() === pixel.join())
          .map(({ within }) => `${at} at ${within}`),
      );
      const over = tapsOver(windows, pixel, counts).map(({ at, within }) => `${at} at ${within}`);
      expect(over.toSorted()).toEqual(seeing.toSorted());
    }
  });

  test('a place within them meets, over all windows, the pixels in a box', () => {
    for (const within of places([windows.height, windows.width])) {
      const met = places(counts).map(
        ([r, s]) =>
          ({
            at: [
              r * windows.stride - windows.padding + within[0] * windows.dilation,
              s * windows.stride - windows.padding + within[1] * windows.dilation,
            ],
            within,
          }) as const,
      );
      expect(boxAlong(windows, within, counts)).toEqual(boxAround(met));
    }
  });
});

test('where nothing takes part there is no box', () => {
  expect(boxAround([])).toBeNull();
});

function count(size: number, { padding, stride, dilation }: Windows, side: number): number {
  return Math.floor((size + 2 * padding - (side - 1) * dilation - 1) / stride) + 1;
}

function places([rows, columns]: Place): Place[] {
  return Array.from({ length: rows * columns }, (_, place) => [Math.floor(place / columns), place % columns] as const);
}
