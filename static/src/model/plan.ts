/** How large a network is drawn in a room, and which of its numbers can be read there. Pure arithmetic. */

import { LEGIBLE, type Size } from './geometry';

export const RADIUS = 34;
/** What stands beside the circles, in pixels of the picture. */
export const TYPE = 13;
/** The height of a line of it, as a share of its size. */
const LINE = 16 / 13;
/** Type grows in steps of a tenth: while one zooms, little is drawn again. */
const STEP = 1.1;
/** Between a circle with its lines of numbers and the next one. */
const PAD = 24;
const LEAST_PAD = 16;
/** Beyond the outermost numbers. */
const EDGE = 14;
/** Circles without any line between them. */
const CLOSEST = 2 * RADIUS + LEAST_PAD;
/** The width of a figure, as a share of the type size. */
export const FIGURE = 0.5;
/** Room for a number within a circle; so much larger than usual, six digits still have room in it. */
export const CHORD = 57;
const INSIDE = STEP;
/** The fewest figures that still are a number: 0.123. */
const FEWEST = 5;
/** The width of a long number of few digits with its mark, as ∂ℓ −0.00123, as a share of the type size. */
const LONG = 5.2;
/** z and its gradient beside each other, as wide as six digits make them, as a share of the type size. */
const PAIR = 168 / 13;

/** Which numbers of a node have room, and how large they are, in pixels of the picture. */
export interface Faces {
  /** The least size of type that can be read, and the size of what stands beside the circles. */
  least: number;
  size: number;
  line: number;
  /** So many lines of numbers have room between a circle and the next one below. */
  lines: number;
  /** Whether the first number is inside the circle; otherwise it is the first line below. */
  inside: boolean;
  /** Whether z and its gradient share a line. */
  pair: boolean;
  /** How wide a line may be. */
  width: number;
  /** Too small for any number. */
  far: boolean;
  /** Whether every number has room. */
  complete: boolean;
}

/** The distances of circles, from middle to middle. */
export interface Grid {
  gap: number;
  pitch: number;
}

/** What there is to draw. */
export interface Extent {
  columns: number;
  rows: number;
  /** Whether there are activations: then z stands above the circles. */
  activated: boolean;
}

export function facesAt({ gap, pitch }: Grid, scale: number, legible: number, activated: boolean): Faces {
  const least = leastAt(scale, legible);
  const size = Math.max(TYPE, least);
  const line = LINE * size;
  const lines = Math.max(0, Math.floor((pitch - 2 * RADIUS - LEAST_PAD) / line));
  const inside = isInside(size, lines);
  const pair = isPair(gap, size);
  const width = lines === 0 ? CHORD : gap - 12;
  const complete = lines >= linesOf(inside, pair, activated) && width >= LONG * size;
  return { least, size, line, lines, inside, pair, width, far: width < FEWEST * FIGURE * least, complete };
}

const isInside = (size: number, lines: number): boolean => size <= INSIDE * TYPE + 1e-9 || lines === 0;
const isPair = (gap: number, size: number): boolean => gap >= PAIR * size + 8;

/** The lines that all numbers of a node take. */
const linesOf = (inside: boolean, pair: boolean, activated: boolean): number =>
  beneathOf(inside) + (activated ? (pair ? 1 : 2) : 0);

/** Those of them that stand beneath the circle; the others stand above it. */
const beneathOf = (inside: boolean): number => 1 + Number(!inside);

const leastAt = (scale: number, legible: number): number =>
  TYPE * STEP ** Math.ceil(Math.log(legible / (TYPE * scale)) / Math.log(STEP) - 1e-9);

/** Columns with room for a number on each line, and closer ones, of which more have room. */
const GAPS = { wide: 212, close: 122 };
/** From so many columns on they stand close: nodes that can be read are worth more than a number on every line. */
const DEEP = 5;
/** Circles smaller than this are too small for the numbers beside them: those make room. And the largest ones. */
const ENOUGH = { usual: 0.5, lecture: 1 };
const LARGEST = { usual: 1.8, lecture: 2.6 };

/** What the truths and the loss take of the width, with the margins. */
export const TRUTHS = { wide: 112, close: 98 };
export const LOSS = { wide: 122, close: 102 };
/** Beyond the outermost circles, and half the width of a number that stands beneath one, as a share of its size. */
const MARGIN = 13;
const HALF = 3.6;
/** What circles take of the width with as much type as may stand beneath them. */
const marginOf = (size: number): number => Math.max(MARGIN, HALF * size - RADIUS);
/** More room than this to the next column or row is hard for the eye to cross. */
const FARTHEST = { gap: 380, pitch: 270, truths: 190, share: 0.7 };

export interface Plan extends Grid {
  scale: number;
  margin: number;
  truths: number;
  loss: number;
  /** What the first row takes above its middle, and the last one below. */
  above: number;
  below: number;
}

/** The largest drawing that shows every number; where none does so legibly, one with the numbers that have room. */
export function planOf(extent: Extent, room: Size, legible: number): Plan {
  const kind = extent.columns < DEEP ? 'wide' : 'close';
  const spaces = Math.max(1, extent.columns - 1);
  // Of numbers that can just be read, what reaches beyond the circles takes the same of the screen whatever the scale is.
  const beyond = 2 * HALF * legible * STEP;
  const narrow = TRUTHS[kind] + LOSS[kind] + spaces * GAPS[kind];
  const across = Math.min(room.width / (narrow + 2 * (RADIUS + MARGIN)), Math.max(1, room.width - beyond) / narrow);
  const { scale, size } = circlesOf(extent, room.height, across, GAPS[kind], legible);
  const margin = marginOf(size);
  const fixed = TRUTHS[kind] + LOSS[kind] + 2 * (RADIUS + margin);
  const [width, height] = [room.width / scale, room.height / scale];
  const gap = clamp((width - fixed) / spaces, GAPS[kind], Math.max(FARTHEST.gap, FARTHEST.share * height));
  // Wide rooms have more for the truths and the loss too.
  const spare = Math.max(0, width - fixed - spaces * gap) / 2;
  return {
    scale,
    gap,
    margin,
    truths: Math.min(TRUTHS[kind] + spare, FARTHEST.truths),
    loss: Math.min(LOSS[kind] + spare, FARTHEST.truths),
    ...rowsOf(extent, height, gap, size),
  };
}

/** The rows as far apart as they can be, with room for as many lines of numbers beneath the last one as between them. */
function rowsOf({ rows, activated }: Extent, height: number, gap: number, size: number) {
  const line = LINE * size;
  let lines = linesOf(isInside(size, Infinity), isPair(gap, size), activated);
  const most = lines;
  for (; ; lines -= 1) {
    const below = Math.min(lines, beneathOf(isInside(size, lines)));
    const edges = { above: RADIUS + EDGE + (lines - below) * line, below: RADIUS + EDGE + below * line };
    const farthest = (height - edges.above - edges.below) / Math.max(1, rows - 1);
    const needed = CLOSEST + lines * line;
    if (lines > 0 && farthest < needed) continue;
    // A line more, which had room between the rows alone, would be drawn there.
    const limit = lines < most ? needed + line - 1e-6 : FARTHEST.pitch;
    return { pitch: clamp(farthest, CLOSEST, Math.min(FARTHEST.pitch, limit)), ...edges };
  }
}

/** How large the circles may be, so that the rows have room with their lines of numbers, and the type beside them. */
function circlesOf({ rows, activated }: Extent, height: number, across: number, gap: number, legible: number) {
  const audience = legible > LEGIBLE.usual ? 'lecture' : 'usual';
  const most = Math.min(across, LARGEST[audience]);
  const above = activated ? (gap >= PAIR * TYPE ? 1 : 2) : 0;
  // A little larger than usual numbers still have room in the circles.
  for (const size of [TYPE, INSIDE * TYPE]) {
    const scale = Math.min(most, height / rows / (2 * RADIUS + PAD + (above + 1) * LINE * size));
    const least = leastAt(scale, legible);
    if (least <= size + 1e-9) return { scale, size: Math.max(TYPE, least) };
  }
  // A line that can just be read takes the same of the screen, whatever the scale is.
  const line = LINE * legible * STEP;
  const circles = rows * CLOSEST - LEAST_PAD + 2 * EDGE;
  const scaleWith = (lines: number) => Math.min(most, (height - rows * lines * line) / circles);
  let lines = activated ? 4 : 2;
  while (lines > 0 && scaleWith(lines) < Math.min(across, ENOUGH[audience])) lines -= 1;
  const scale = scaleWith(lines);
  return { scale, size: Math.max(TYPE, leastAt(scale, legible)) };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
