/** The scale at which a network is drawn in a given space, and which of its numbers are legible. Pure arithmetic. */

import { LEGIBLE, type Size } from './geometry';

export const RADIUS = 34;
/** The type size beside the circles, in pixels of the picture. */
export const TYPE = 13;
/** The height of a line of type, as a share of its size. */
const LINE = 16 / 13;
/** Type grows in steps of a tenth, so that zooming redraws little. */
const STEP = 1.1;
/** The distance between a circle with its lines of numbers and the next one. */
const PAD = 24;
const LEAST_PAD = 16;
/** The margin around the outermost numbers. */
const EDGE = 14;
/** The distance of circles without any line of numbers between them. */
const CLOSEST = 2 * RADIUS + LEAST_PAD;
/** The width of a digit, as a share of the type size. */
export const FIGURE = 0.5;
/**
 * The width for a number within a circle; `INSIDE` is the factor by which its type may grow with six digits still
 * fitting.
 */
export const CHORD = 57;
const INSIDE = STEP;
/** The fewest characters of a useful number: 0.123. */
const FEWEST = 5;
/**
 * The width of a number with few digits, but many characters, and its mark, as ∂ℓ −0.00123, as a share of the type
 * size.
 */
const LONG = 5.2;
/** The width of z and its gradient side by side, with six digits each, as a share of the type size. */
const PAIR = 168 / 13;

/** Which numbers of a node fit, and how large they are, in pixels of the picture. */
export interface Faces {
  /** The least legible type size, and the type size beside the circles. */
  least: number;
  size: number;
  line: number;
  /** The number of lines of numbers that fit between a circle and the next one below. */
  lines: number;
  /** Whether the first number is inside the circle; otherwise it is the first line below. */
  inside: boolean;
  /** Whether z and its gradient share a line. */
  pair: boolean;
  /** The greatest width of a line. */
  width: number;
  /** Too small for any number. */
  far: boolean;
  /** Whether every number fits. */
  complete: boolean;
}

/** The distances of circles, from centre to centre. */
export interface Grid {
  gap: number;
  pitch: number;
}

/** What is to be drawn. */
export interface Extent {
  columns: number;
  rows: number;
  /** Whether there are activations: then z is above the circles. */
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

/** The number of lines that all numbers of a node need. */
const linesOf = (inside: boolean, pair: boolean, activated: boolean): number =>
  beneathOf(inside) + (activated ? (pair ? 1 : 2) : 0);

/** The number of those lines below the circle; the others are above it. */
const beneathOf = (inside: boolean): number => 1 + Number(!inside);

const leastAt = (scale: number, legible: number): number =>
  TYPE * STEP ** Math.ceil(Math.log(legible / (TYPE * scale)) / Math.log(STEP) - 1e-9);

/** The distance of columns that leaves space for a number on each line, and a smaller one for more columns. */
const GAPS = { wide: 212, close: 122 };
/**
 * Networks with at least this many columns use the smaller one: legible nodes matter more than a number on every line.
 */
const DEEP = 5;
/** Below this scale of the circles, lines of numbers beside them are dropped; then the largest scale. */
const ENOUGH = { usual: 0.5, lecture: 1 };
const LARGEST = { usual: 1.8, lecture: 2.6 };

/** The width of the targets and of the loss, with the margins. */
export const TRUTHS = { wide: 112, close: 98 };
export const LOSS = { wide: 122, close: 102 };
/** The margin outside the outermost circles, and half the width of a number below one, as a share of its type size. */
const MARGIN = 13;
const HALF = 3.6;
/** The horizontal margin for circles with type of a given size below them. */
const marginOf = (size: number): number => Math.max(MARGIN, HALF * size - RADIUS);
/** A greater distance to the next column or row is hard for the eye to cross. */
const FARTHEST = { gap: 380, pitch: 270, truths: 190, share: 0.7 };

export interface Plan extends Grid {
  scale: number;
  margin: number;
  truths: number;
  loss: number;
  /** The height of the first row above its centre, and of the last one below. */
  above: number;
  below: number;
}

/** The largest drawing with every number; if that is not legible, one with the numbers that fit. */
export function planOf(extent: Extent, room: Size, legible: number): Plan {
  const kind = extent.columns < DEEP ? 'wide' : 'close';
  const spaces = Math.max(1, extent.columns - 1);
  // For barely legible numbers, the part outside the circles has the same size on the screen at every scale.
  const beyond = 2 * HALF * legible * STEP;
  const narrow = TRUTHS[kind] + LOSS[kind] + spaces * GAPS[kind];
  const across = Math.min(room.width / (narrow + 2 * (RADIUS + MARGIN)), Math.max(1, room.width - beyond) / narrow);
  const { scale, size } = circlesOf(extent, room.height, across, GAPS[kind], legible);
  const margin = marginOf(size);
  const fixed = TRUTHS[kind] + LOSS[kind] + 2 * (RADIUS + margin);
  const [width, height] = [room.width / scale, room.height / scale];
  const gap = clamp((width - fixed) / spaces, GAPS[kind], Math.max(FARTHEST.gap, FARTHEST.share * height));
  // Surplus width is shared with the targets and the loss.
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

/** The rows, as far apart as possible, with as many lines of numbers below the last one as between them. */
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
    // Without this limit a further line, which fits only between the rows, would be drawn there.
    const limit = lines < most ? needed + line - 1e-6 : FARTHEST.pitch;
    return { pitch: clamp(farthest, CLOSEST, Math.min(FARTHEST.pitch, limit)), ...edges };
  }
}

/** The scale of the circles at which the rows with their lines of numbers fit, and the type size beside them. */
function circlesOf({ rows, activated }: Extent, height: number, across: number, gap: number, legible: number) {
  const audience = legible > LEGIBLE.usual ? 'lecture' : 'usual';
  const most = Math.min(across, LARGEST[audience]);
  const above = activated ? (gap >= PAIR * TYPE ? 1 : 2) : 0;
  // Numbers slightly larger than usual still fit into the circles.
  for (const size of [TYPE, INSIDE * TYPE]) {
    const scale = Math.min(most, height / rows / (2 * RADIUS + PAD + (above + 1) * LINE * size));
    const least = leastAt(scale, legible);
    if (least <= size + 1e-9) return { scale, size: Math.max(TYPE, least) };
  }
  // A barely legible line has the same height on the screen at every scale.
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
