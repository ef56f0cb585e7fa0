/** The decision surface: a unit's output over the plane of the inputs, as pixels, and the line where it has one value. */

import type { Encoded, EncodedSurface, Points } from '../api/trainings';
import { type Palette, packed, type Rgb } from '../ui/heat';

/** The numbers of each point and unit. */
export function decoded({ float32 }: Encoded): Float32Array {
  const letters = atob(float32);
  const bytes = new Uint8Array(letters.length);
  // In a loop, and those below too: with a function for each number they were a fifth of a frame.
  for (let place = 0; place < bytes.length; place++) bytes[place] = letters.charCodeAt(place);
  return new Float32Array(bytes.buffer);
}

/** One unit's numbers over the plane, row by row from below, on its scale. */
export interface Plane {
  size: number;
  lowest: readonly [number, number];
  highest: readonly [number, number];
  values: Float32Array;
  scale: Scale;
  /** The number that has a line: the border between two classes, or 0. */
  level: number | null;
  /** Whether the values are those of an output, and of which. */
  output: number | null;
}

const UNIT: Scale = { from: 0, to: 1 };

/** A unit of a layer, or of the outputs if the layer is null or its numbers are not known. */
export function planeOf(
  surface: EncodedSurface,
  { layer, unit }: { layer: string | null; unit: number },
  points: Pick<Points, 'targets' | 'border'> | null,
): Plane {
  const { size, lowest, highest, outputs, hidden, of } = surface;
  const encoded = (layer === null ? null : hidden?.[layer]) ?? outputs;
  const own = encoded === outputs;
  const shown = Math.min(unit, encoded.units - 1);
  const values = unitOf(decoded(encoded), encoded.units, shown);
  const likely = own && of === 'probability';
  const single = own && encoded.units === 1 && points !== null;
  const scale = likely ? UNIT : single ? scaleOf(points, values) : aroundZero(values);
  const level = likely ? 0.5 : single ? points.border : 0;
  return { size, lowest, highest, values, scale, level, output: own ? shown : null };
}

/** The ends are the targets, if there are several. */
function scaleOf({ targets: [from, to] }: Pick<Points, 'targets'>, values: Float32Array): Scale {
  return to > from ? { from, to } : aroundZero(values);
}

/** The values that the ends of the colour scale stand for; the middle is the border between two classes. */
export interface Scale {
  from: number;
  to: number;
}

/** One unit's numbers at all points, row by row from below. */
export function unitOf(numbers: Float32Array, units: number, unit: number): Float32Array {
  if (units === 1) return numbers;
  const own = new Float32Array(numbers.length / units);
  for (let point = 0; point < own.length; point++) own[point] = numbers[point * units + unit] as number;
  return own;
}

/** A scale on which 0 is the middle, and the largest number, or 1, an end. */
export function aroundZero(values: Float32Array): Scale {
  let most = 0;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  const end = most || 1;
  return { from: -end, to: end };
}

/** How many colours there are on each side of the middle. */
const SHADES = 255;

/** A pixel for each point, the lowest row at the bottom. */
export function pixelsOf(values: Float32Array, size: number, { from, to }: Scale, palette: Palette): ImageData {
  const words = new Uint32Array(size * size);
  const shades = shadesOf(palette);
  const wrong = packed(palette.wrong);
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const share = ((values[row * size + column] as number) - middle) / half;
      const shade = SHADES + Math.round(SHADES * Math.max(-1, Math.min(1, share)));
      words[(size - 1 - row) * size + column] = Number.isFinite(share) ? (shades[shade] as number) : wrong;
    }
  }
  return new ImageData(new Uint8ClampedArray(words.buffer), size, size);
}

/** The colours of both sides as pixels: the one of the middle is in the middle. */
function shadesOf(palette: Palette): Uint32Array {
  return Uint32Array.from({ length: 2 * SHADES + 1 }, (_, shade) => packed(colourOf(shade / SHADES - 1, palette)));
}

/** Between two colours, over the one of the middle. */
function colourOf(share: number, { negative, zero, positive }: Palette): Rgb {
  const end = share < 0 ? negative : positive;
  const part = (axis: 0 | 1 | 2) => Math.round(zero[axis] + (end[axis] - zero[axis]) * Math.abs(share));
  return [part(0), part(1), part(2)];
}

/** The line on which the values are `level`, in a square of `size` − 1, from below: a segment in each cell it crosses. */
export function lineAt(values: Float32Array, size: number, level: number): string {
  const parts: string[] = [];
  const at = (row: number, column: number) => (values[row * size + column] as number) - level;
  for (let row = 0; row < size - 1; row++) {
    for (let column = 0; column < size - 1; column++) {
      const [a, b, c, d] = [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)];
      // Beside a number that is not finite the line has no place.
      if (!Number.isFinite(a + b + c + d)) continue;
      const points: [number, number][] = [];
      // Linear between two points of different signs.
      if (a < 0 !== b < 0) points.push([column + a / (a - b), row]);
      if (b < 0 !== c < 0) points.push([column + 1, row + b / (b - c)]);
      if (c < 0 !== d < 0) points.push([column + 1 - c / (c - d), row + 1]);
      if (d < 0 !== a < 0) points.push([column, row + 1 - d / (d - a)]);
      for (let first = 0; first + 1 < points.length; first += 2) {
        const [[x, y], [u, v]] = [points[first] as [number, number], points[first + 1] as [number, number]];
        parts.push(`M${x.toFixed(2)} ${(size - 1 - y).toFixed(2)}L${u.toFixed(2)} ${(size - 1 - v).toFixed(2)}`);
      }
    }
  }
  return parts.join('');
}

/** Where a point of the plane is in that square. */
export function placeIn(
  { size, lowest, highest }: Pick<Plane, 'size' | 'lowest' | 'highest'>,
  [x, y]: readonly [number, number],
): [number, number] {
  const across = ((x - lowest[0]) / (highest[0] - lowest[0])) * (size - 1);
  const up = ((y - lowest[1]) / (highest[1] - lowest[1])) * (size - 1);
  return [across, size - 1 - up];
}
