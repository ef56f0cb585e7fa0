/**
 * The size of everything: maps shrink until all columns fit side by side, and fewer are shown until they fit on top of
 * each other.
 */

import type { Column, Slice } from '../model/slices';
import { TYPE } from '../numbers/format';
import type { Box } from './links';

export interface Size {
  width: number;
  height: number;
}

export interface Placed {
  column: Column;
  /** The size of a cell, in CSS pixels. */
  cell: Size;
  /** The size of a weight in the filters beside the maps. */
  kernel: Size | null;
  /** The number of filters that fit beside a map. A sequence, which is one map, has several. */
  kernels: number;
  /** The shown slices; null marks the omitted ones. */
  shown: (Slice | null)[];
  left: number;
  /** The number of rows drawn: a vector may be cut, too. */
  rows: number;
  /** Whether the loss is below its target; otherwise it is beside it. */
  lossBelow: boolean;
}

// All for the usual type size; larger type scales them.
const LARGEST = 176;
const SMALLEST = 24;
/** Columns are closer in a narrow space. */
export const betweenColumns = ({ width }: Size): number => (width < 600 ? 14 : width < 800 ? 18 : 26);
export const BETWEEN_MAPS = 5;
/** The distance between a filter and its map. */
const BESIDE = 10;
/** The size of the loss below the target or beside it, and the height of "… more" below a vector. */
const LOSS = { height: 76, width: 62 };
const MORE = 24;
/** A caption is readable from this width on. */
const NARROWEST = 62;
/** No cell needs to be wider than a number with six digits and a sign. */
const WIDEST_CELL = 58;
const VECTOR_CELL = 56;
const TALLEST_VECTOR_CELL = 22;
const SHORTEST_VECTOR_CELL = 3;
/** The least size of a weight, if its map is large enough. */
const KERNEL_CELL = 10;
/** The size of a filter relative to the cells of its map. */
const BESIDE_MAP = 0.7;
/** A sequence is low: it may be wider than an image by this factor, and has a least width. */
const WIDER = 3;
const NARROWEST_SEQUENCE = 60;
/** The number of maps of a layer to show before they are made smaller. */
const WANTED = 4;

interface Wishes {
  space: Size;
  /** At 1 everything fits, if that is possible. */
  zoom: number;
  /** Columns with all of their maps shown. */
  opened: ReadonlySet<string>;
  /** The type size of the numbers in cells. */
  type?: number;
}

export function placed(columns: readonly Column[], { space, zoom, opened, type = TYPE }: Wishes): Placed[] {
  const below = largestEdge(columns, space, true, type);
  const beside = largestEdge(columns, space, false, type);
  // If the width allows it, the loss is beside the target, and the maps have the full height.
  const [edge, lossBelow] = beside > below || (type > TYPE && beside === below) ? [beside, false] : [below, true];
  const largest = longestOf(columns);
  return columns.map((column) =>
    place(column, edge * zoom, largest, { space, zoom, open: opened.has(column.id), lossBelow, type }),
  );
}

function largestEdge(columns: readonly Column[], space: Size, lossBelow: boolean, type: number): number {
  const largest = longestOf(columns);
  const fits = (edge: number) => {
    const all = columns.map((column) => place(column, edge, largest, { space, zoom: 1, open: false, lossBelow, type }));
    return (
      totalWidth(all, space, type) <= space.width &&
      all.every((one) => showsEnough(one) && isLowEnough(one, space, type))
    );
  };
  const [most, least] = columns.some(isSequence) ? [LARGEST * WIDER, NARROWEST_SEQUENCE] : [LARGEST, SMALLEST];
  let edge = most * large(type);
  while (edge > least && !fits(edge)) edge -= 4;
  return edge;
}

const longestOf = (columns: readonly Column[]): number =>
  Math.max(1, ...columns.flatMap(({ slices }) => slices.map(longest)));

const showsEnough = ({ shown, column }: Placed): boolean =>
  shown.filter((one) => one !== null).length >= Math.min(WANTED, column.slices.length);

function isLowEnough({ column, cell, rows, lossBelow }: Placed, { height }: Size, type: number): boolean {
  return rows * cell.height <= height - lossIn(column, lossBelow, type);
}

const lossIn = ({ kind }: Column, lossBelow: boolean, type: number): number =>
  kind === 'target' && lossBelow ? LOSS.height * large(type) : 0;

/** The type size relative to the usual one. */
export const large = (type: number): number => type / TYPE;

export function widthOf({ column, cell, kernel }: Placed, type = TYPE): number {
  const maps = (column.slices[0]?.columns ?? 1) * cell.width;
  return Math.max(NARROWEST * large(type), maps + (kernel ? kernelColumns(column) * kernel.width + BESIDE : 0));
}

export function totalWidth(all: readonly Placed[], space: Size, type = TYPE): number {
  const loss = all.some(({ lossBelow }) => !lossBelow) ? [LOSS.width * large(type)] : [];
  const widths = [...all.map((one) => widthOf(one, type)), ...loss];
  return widths.reduce((sum, one) => sum + one, 0) + betweenColumns(space) * Math.max(0, widths.length - 1);
}

interface Within {
  space: Size;
  zoom: number;
  open: boolean;
  lossBelow: boolean;
  type: number;
}

function place(column: Column, edge: number, largest: number, within: Within): Placed {
  const { zoom, open, lossBelow, type } = within;
  const [first] = column.slices;
  if (!first) return { column, cell: square(1), kernel: null, kernels: 0, shown: [], left: 0, rows: 0, lossBelow };
  const space = within.space.height - lossIn(column, lossBelow, type);
  if (first.vector) return { ...placeVector(column, first, space * zoom, open, type), lossBelow };
  // A map with half the side length is drawn at 0.7 of the size: the difference is visible, and the map still is
  // legible.
  const side = edge * Math.sqrt(longest(first) / largest);
  const tallest = isSequence(column) ? Math.floor((LARGEST * large(type) * zoom) / first.rows) : Infinity;
  const cell = Math.max(1, Math.min(WIDEST_CELL * large(type) * zoom, Math.floor(side / longest(first)), tallest));
  const room = Math.max(1, Math.floor((space + BETWEEN_MAPS) / (first.rows * cell + BETWEEN_MAPS)));
  const { shown, left } = cut(column.slices, open ? column.slices.length : room);
  if (isSequence(column)) {
    // If the width is small its numbers are bars, as high as those of a vector.
    const bar = Math.min(TALLEST_VECTOR_CELL * large(type) * zoom, Math.floor(space / first.rows));
    const size = { width: cell, height: Math.max(cell, bar) };
    const kernel = sequenceKernel(column, size, space);
    const kernels = kernel ? roomFor(column, kernel.height, space) : 0;
    return { column, cell: size, kernel, kernels, shown, left, rows: first.rows, lossBelow };
  }
  const kernel = kernelSize(column, cell, first, type > TYPE && column.slices.length === 1 ? 1 : BESIDE_MAP);
  return { column, cell: square(cell), kernel, kernels: shown.length, shown, left, rows: first.rows, lossBelow };
}

function placeVector(
  column: Column,
  slice: Slice,
  space: number,
  open: boolean,
  type: number,
): Omit<Placed, 'lossBelow'> {
  const fitting = Math.floor(space / slice.rows);
  const height = Math.max(SHORTEST_VECTOR_CELL, Math.min(TALLEST_VECTOR_CELL * large(type), fitting));
  const room = Math.max(2, Math.floor((space - MORE) / height));
  const rows = open || fitting >= SHORTEST_VECTOR_CELL ? slice.rows : Math.min(slice.rows, room);
  const cell = { width: VECTOR_CELL * large(type), height };
  return { column, cell, kernel: null, kernels: 0, shown: [slice], left: slice.rows - rows, rows };
}

/** The slices that fit together with the "…" for the others. */
function cut(slices: readonly Slice[], room: number): { shown: (Slice | null)[]; left: number } {
  if (slices.length <= room) return { shown: [...slices], left: 0 };
  const head = Math.max(1, room - 1);
  const tail = room > 2 ? slices.slice(-1) : [];
  const leading = slices.slice(0, head - tail.length);
  return { shown: [...leading, null, ...tail], left: slices.length - leading.length - tail.length };
}

const isSequence = ({ shape }: Column): boolean => shape.length === 2;

const kernelColumns = ({ filters }: Column): number => filters?.at(-1) ?? 0;

/**
 * The cells of filters on sequences are as large as those of their input, or lower, so that all filters fit below each
 * other.
 */
function sequenceKernel({ filters }: Column, { width, height }: Size, space: number): Size | null {
  if (!filters) return null;
  const [count = 1, rows = 1] = filters;
  const fitting = Math.floor(((space + BETWEEN_MAPS) / count - BETWEEN_MAPS) / rows);
  return { width, height: Math.max(SHORTEST_VECTOR_CELL, Math.min(height, fitting)) };
}

/** The number of filters with cells of this size that fit below each other. */
function roomFor({ filters }: Column, cell: number, space: number): number {
  return Math.max(1, Math.floor((space + BETWEEN_MAPS) / ((filters?.at(-2) ?? 1) * cell + BETWEEN_MAPS)));
}

/** The filter beside each map has the cell size of its input, or a share of that. */
function kernelSize(column: Column, cell: number, { rows }: Slice, share: number): Size | null {
  const shape = column.filters?.slice(2);
  if (!shape) return null;
  const most = (rows * cell * share) / Math.max(...shape);
  return square(Math.max(3, Math.floor(Math.min(Math.max(cell * share, KERNEL_CELL), most))));
}

const longest = ({ rows, columns, vector }: Slice): number => (vector ? 1 : Math.max(rows, columns));
const square = (side: number): Size => ({ width: side, height: side });

export const px = (length: number): string => `${length}px`;

/** The position of a rectangle of cells within its map. */
export const placeOf = ({ top, left, rows, columns }: Box, { width, height }: Size) => ({
  left: px(left * width),
  top: px(top * height),
  width: px(columns * width),
  height: px(rows * height),
});
