/**
 * Windows on images and sequences: the numbers at the other end of a layer that a number is connected with, as the
 * service lists them (`unrolled`).
 */

import type { LayerTrace } from '../api/types';

/** Row and column; within a sequence, and within a window on one, the row is 0. */
export type Place = readonly [number, number];

/** A rectangle of pixels; with padding it may extend beyond the image. */
export interface Box {
  top: number;
  left: number;
  rows: number;
  columns: number;
}

export const boxOf = (rows: number, columns: number): Box => ({ top: 0, left: 0, rows, columns });

export const cellBox = ([top, left]: Place): Box => ({ top, left, rows: 1, columns: 1 });

export type Way = 'forward' | 'back';

/** The inputs at the places of a window along an axis, one after the other; null in the padding. */
type Line = readonly (number | null)[];

const ONE_ROW: Line = [0];

/** Whether the windows of a layer are on sequences: these are drawn in one map, with a row for each channel. */
export const onSequences = ({ window }: Pick<LayerTrace, 'window'>): boolean => window?.size.length === 1;

/** The place in an image or a sequence from the last axes of an index. */
export const placeIn = (at: readonly number[]): Place => [at.length > 1 ? (at.at(-2) ?? 0) : 0, at.at(-1) ?? 0];

/** The inverse: the index of a place. */
export const indexOf = (layer: LayerTrace, [row, column]: Place): number[] =>
  onSequences(layer) ? [column] : [row, column];

export interface Field {
  rows: Line;
  columns: Line;
  /** The bounding box; null if the field is empty. */
  box: Box | null;
}

/** The inputs that an output is connected with or, going back, the outputs of an input. */
export function fieldOf(layer: LayerTrace, way: Way, [row, column]: Place): Field | null {
  const seen = way === 'forward' ? layer.unrolled?.output : layer.unrolled?.input_gradient;
  const [rows, columns] = [onSequences(layer) ? ONE_ROW : seen?.rows[row], seen?.columns[column]];
  if (!layer.window || !rows || !columns) return null;
  // The places of a window are equidistant, in the padding too; the windows over a pixel are only those listed.
  const pitch = (way === 'forward') !== layer.window.transposed ? layer.window.dilation : null;
  return { rows, columns, box: boxAround(rows, columns, pitch) };
}

/** Every pixel that one place within the windows covers, over all of them. */
export function fieldAlong(layer: LayerTrace, [i, j]: Place): Box | null {
  const { window, unrolled } = layer;
  const under = window?.transposed ? unrolled?.input_gradient : unrolled?.output;
  const along = (lines: readonly Line[] = [], place: number): Line => lines.map((line) => line[place] ?? null);
  const rows = onSequences(layer) ? ONE_ROW : along(under?.rows, i);
  return boxAround(rows, along(under?.columns, j), window?.stride ?? null);
}

function boxAround(rows: Line, columns: Line, pitch: number | null): Box | null {
  const [down, across] = [spanOf(rows, pitch), spanOf(columns, pitch)];
  return down && across && { top: down[0], left: across[0], rows: down[1], columns: across[1] };
}

/** The first index and the length: of equidistant places, all; otherwise from the least to the greatest that exists. */
function spanOf(line: Line, pitch: number | null): [number, number] | null {
  const place = line.findIndex((at) => at !== null);
  const there = line.filter((at) => at !== null);
  if (place < 0) return null;
  if (pitch !== null) return [(line[place] ?? 0) - place * pitch, (line.length - 1) * pitch + 1];
  return [Math.min(...there), Math.max(...there) - Math.min(...there) + 1];
}

/** The index of a filter's slice for an input channel: a convolution counts filters first, its transpose channels. */
export const kernelPrefix = ({ axes }: LayerTrace, filter: number, channel: number): number[] =>
  axes.w?.units === 0 ? [filter, channel] : [channel, filter];
