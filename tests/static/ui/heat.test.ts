import { describe, expect, test } from 'vitest';
import {
  BLACK,
  colourOf,
  detailOf,
  inkOn,
  luminance,
  type Palette,
  painted,
  type Rgb,
  rangeOf,
  WHITE,
} from '@/ui/heat';

const palette: Palette = {
  negative: [160, 70, 0],
  zero: [240, 238, 230],
  positive: [15, 80, 160],
  least: [240, 238, 230],
  most: [35, 33, 30],
  wrong: [200, 0, 0],
};

const pixel = ({ pixels, width }: ReturnType<typeof painted>, x: number, y: number): number[] => [
  ...pixels.slice(4 * (y * width + x), 4 * (y * width + x) + 4),
];

describe('the colour of a number', () => {
  test('of both signs ranges over a neutral 0 to one of two poles', () => {
    const range = rangeOf([-2, 1]);
    expect(colourOf(0, range, palette)).toEqual(palette.zero);
    expect(colourOf(-2, range, palette)).toEqual(palette.negative);
    // The same absolute value is equally strong on either side.
    const [half] = colourOf(1, range, palette);
    expect(half).toBe(Math.round((palette.zero[0] + palette.positive[0]) / 2));
  });

  test('of one sign differs in lightness, from 0 on', () => {
    const range = rangeOf([0, 0.5, 4]);
    expect(colourOf(4, range, palette)).toEqual(palette.most);
    expect(colourOf(0, range, palette)).toEqual(palette.least);
    expect(colourOf(-4, rangeOf([-4, -1]), palette)).toEqual(palette.most);
  });

  test('of NaN is a separate one, and of infinity the strongest', () => {
    const range = rangeOf([-1, 1]);
    expect(colourOf(Number.NaN, range, palette)).toEqual(palette.wrong);
    expect(colourOf(Number.POSITIVE_INFINITY, range, palette)).toEqual(palette.positive);
  });

  test('has a contrasting text colour, black or white', () => {
    for (let grey = 0; grey < 256; grey++) {
      const colour: Rgb = [grey, grey, grey];
      const [light, dark] = [luminance(inkOn(colour)), luminance(colour)].toSorted((a, b) => b - a) as [number, number];
      expect((light + 0.05) / (dark + 0.05), String(grey)).toBeGreaterThan(4.3);
    }
    expect(inkOn([255, 255, 255])).toBe(BLACK);
    expect(inkOn([0, 0, 0])).toBe(WHITE);
  });
});

describe('a map', () => {
  const values = [
    [1, -1],
    [0.5, 0],
  ];

  test('has a pixel for each number', () => {
    const image = painted(values, 4, rangeOf(values.flat()), palette, { across: 1, down: 1 });
    expect([image.width, image.height]).toEqual([2, 2]);
    expect(pixel(image, 0, 0)).toEqual([...palette.positive, 255]);
    expect(pixel(image, 1, 0)).toEqual([...palette.negative, 255]);
  });

  test('shows no numbers that are not computed yet', () => {
    const image = painted(values, 1, rangeOf(values.flat()), palette, { across: 1, down: 1 });
    expect(pixel(image, 0, 0)[3]).toBe(255);
    for (const [x, y] of [
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      expect(pixel(image, x, y)).toEqual([0, 0, 0, 0]);
    }
  });

  test('marks negative numbers with a dash in large cells, unless the number is written', () => {
    const detail = detailOf(2, 2, 12, 12);
    const colours = (dashed: boolean, x: number) => {
      const image = painted(values, 4, rangeOf(values.flat()), palette, detail, dashed);
      const cell = Array.from({ length: 144 }, (_, at) => pixel(image, x + (at % 12), Math.floor(at / 12)).join());
      return new Set(cell).size;
    };
    expect(colours(true, 12)).toBe(2);
    expect(colours(true, 0)).toBe(1);
    expect(colours(false, 12)).toBe(1);
  });

  test('is an image no larger than necessary', () => {
    expect(detailOf(28, 28, 3, 3)).toEqual({ across: 1, down: 1 });
    expect(detailOf(8, 8, 20, 20)).toEqual({ across: 20, down: 20 });
    expect(detailOf(28, 28, 40, 40)).toEqual({ across: 9, down: 9 });
    expect(detailOf(512, 512, 12, 12)).toEqual({ across: 1, down: 1 });
  });
});
