/** The pixels of a map, as an image: a cell is one pixel, or several if there is room for a mark of the sign. */

import { computed } from '@preact/signals';
import { exact, inShort, LEFT_OUT, plain, widthOf } from '../numbers/format';
import { isDark } from '../state/theme';
import { texts } from '../texts';
import './range.css';

export type Rgb = readonly [number, number, number];

export interface Palette {
  negative: Rgb;
  zero: Rgb;
  positive: Rgb;
  /** For numbers of one sign, from 0 to the largest. */
  least: Rgb;
  most: Rgb;
  /** For NaN and infinities. */
  wrong: Rgb;
}

/** The number of image pixels of a cell, across and down. */
interface Detail {
  across: number;
  down: number;
}

/** From this size on, the sign is also marked in the cell. */
const MARKED = 9;
/** Larger images would cost time without showing more. */
const MOST_PIXELS = 90_000;

export function detailOf(rows: number, columns: number, width: number, height: number): Detail {
  if (Math.min(width, height) < MARKED) return { across: 1, down: 1 };
  const exact = { across: Math.round(width), down: Math.round(height) };
  if (rows * columns * exact.across * exact.down <= MOST_PIXELS) return exact;
  return rows * columns * MARKED * MARKED <= MOST_PIXELS ? { across: MARKED, down: MARKED } : { across: 1, down: 1 };
}

export function colourOf(value: number, range: Range, palette: Palette): Rgb {
  if (Number.isNaN(value)) return palette.wrong;
  const at = strength(value, range);
  if (!isDiverging(range)) return mixed(palette.least, palette.most, Math.abs(at));
  return mixed(palette.zero, at < 0 ? palette.negative : palette.positive, Math.abs(at));
}

/**
 * Paints the first `known` numbers, row by row; the rest stays transparent. If there is room, a negative number has a
 * dash, unless the number is written in the cell (`dashed` is false).
 */
export function painted(
  values: readonly (readonly number[])[],
  known: number,
  range: Range,
  palette: Palette,
  { across, down }: Detail,
  dashed = true,
): { pixels: Uint8ClampedArray<ArrayBuffer>; width: number; height: number } {
  const columns = values[0]?.length ?? 0;
  const [width, height] = [columns * across, values.length * down];
  const pixels = new Uint8ClampedArray(width * height * 4);
  const words = new Uint32Array(pixels.buffer);
  values.forEach((row, r) => {
    row.forEach((value, c) => {
      if (r * columns + c >= known) return;
      const colour = colourOf(value, range, palette);
      const word = packed(colour);
      const start = r * down * width + c * across;
      for (let y = 0; y < down; y++) words.fill(word, start + y * width, start + y * width + across);
      if (dashed && value < 0 && across >= MARKED && down >= MARKED)
        dash(words, start, width, across, down, packed(inkOn(colour)));
    });
  });
  return { pixels, width, height };
}

/** A minus in the lower right corner of the cell, clear of its number. */
function dash(words: Uint32Array, start: number, width: number, across: number, down: number, ink: number): void {
  const length = Math.max(3, Math.round(Math.min(across, down) / 4));
  const from = start + (down - 3) * width + across - length - 2;
  words.fill(ink, from, from + length);
}

export const BLACK: Rgb = [20, 18, 15];
export const WHITE: Rgb = [255, 255, 255];

/** Black or white, whichever has more contrast with a colour. */
export function inkOn(colour: Rgb): Rgb {
  const light = luminance(colour);
  return (light + 0.05) / (luminance(BLACK) + 0.05) >= 1.05 / (light + 0.05) ? BLACK : WHITE;
}

export function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;

// The platform's byte order is little-endian wherever browsers run.
export const packed = ([red, green, blue]: Rgb): number => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (axis: 0 | 1 | 2) => Math.round(from[axis] + (to[axis] - from[axis]) * share);
  return [part(0), part(1), part(2)];
}

/** The page's colours as numbers, for painting. */

const NAMES: Readonly<Record<keyof Palette, string>> = {
  negative: '--map-negative',
  zero: '--map-zero',
  positive: '--map-positive',
  least: '--map-least',
  most: '--map-most',
  wrong: '--wrong',
};

/** Read again when the theme changes. */
export const palette = computed<Palette>(() => {
  void isDark.value;
  return readPalette();
});

/** The colours of the page as it is styled now. */
export function readPalette(): Palette {
  const probe = document.body.appendChild(document.createElement('i'));
  // Data keep their colours in forced-colours mode.
  probe.style.setProperty('forced-color-adjust', 'none');
  const entries = Object.entries(NAMES).map(([name, property]) => {
    probe.style.color = `var(${property})`;
    return [name, numbersIn(getComputedStyle(probe).color)] as const;
  });
  probe.remove();
  return Object.fromEntries(entries) as unknown as Palette;
}

/** A computed colour has the form `rgb(180, 83, 10)`. */
function numbersIn(colour: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

/** The colour scale of a map: the smallest and largest number of a layer, or of all layers with a shared scale. */

export interface Range {
  low: number;
  high: number;
}

export function rangeOf(numbers: Iterable<number>): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    if (!Number.isFinite(number)) continue;
    low = Math.min(low, number);
    high = Math.max(high, number);
  }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}

export function together(ranges: readonly Range[]): Range {
  return rangeOf(ranges.flatMap(({ low, high }) => [low, high]));
}

/** With numbers of both signs, each sign has a colour; numbers of one sign are shown by lightness from 0 on. */
export const isDiverging = ({ low, high }: Range): boolean => low < 0 && high > 0;

/**
 * The position of a number on the scale: from −1 to 1, with 0 for 0. The largest absolute value of the range is 1
 * (or −1), so that a colour means the same size on both sides of 0.
 */
export function strength(value: number, { low, high }: Range): number {
  const most = Math.max(Math.abs(low), Math.abs(high));
  if (Number.isNaN(value) || most === 0) return 0;
  return Math.max(-1, Math.min(1, value / most));
}

interface Props {
  /** The range of the colours. */
  scale: Range;
  /** The range of the known numbers; `null` if no number is known yet. */
  shown: Range | null;
  palette: Palette;
  label?: string;
  /** The available width if both ends must fit in one line, in multiples of their font size. */
  within?: number;
}

/** The colours of a scale, from the smallest shown number to the largest. */
export function RangeBar({ scale, shown, palette, label, within = Infinity }: Props) {
  if (!shown) {
    return (
      <div class="range">
        <i class="unknown" />
        <p title={texts.diagram.notReached} />
      </div>
    );
  }
  const { low, high } = shown;
  const ends = [low, high].map((value) => ({ value, text: inShort(value, DIGITS) }));
  const fit = ends.reduce((width, { text }) => width + widthOf(text), BETWEEN) <= within;
  const stops = SHARES.map((share) => css(colourOf(low + (high - low) * share, scale, palette)));
  return (
    <div class="range">
      <i style={{ background: `linear-gradient(to right, ${stops.join()})` }} />
      <p title={label ?? texts.maps.range(plain(low), plain(high))}>
        {fit
          ? ends.map(({ value, text }, place) => (
              <span key={place} class="number" data-value={exact(value)} title={exact(value)}>
                {text}
              </span>
            ))
          : LEFT_OUT}
      </p>
    </div>
  );
}

/** Digits of the smallest and the largest number; the hover text has all digits. */
const DIGITS = 3;
/** The gap between the two, in multiples of their font size. */
const BETWEEN = 0.4;
const SHARES = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];
