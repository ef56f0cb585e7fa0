/**
 * The cells that belong to a number: its own cell, and those that it was computed from, each as a rectangle in a map.
 */

import type { LayerTrace, Trace } from '../api/types';
import { entryAt, hasParameter, shapeOf, shapesOf, type Tensor, unravel } from '../model/lookup';
import { baseOf, canonical, formatRef, parseRef, type Ref } from '../model/refs';

export type MarkKind = 'own' | 'field' | 'winner' | 'kernel';

export interface Mark {
  /** As in slices: `conv_1.output`, whether the value or the gradient is meant, and sample and channel. */
  tensor: string;
  prefix: readonly number[];
  box: Box;
  kind: MarkKind;
}

export function marksOf(trace: Trace, ref: string): Mark[] {
  const parsed = parseRef(canonical(trace.layers, baseOf(ref)));
  if (!parsed || parsed.index.length === 0) return [];
  const gradient = parseRef(ref)?.derivative === 'grad';
  const layer = trace.layers.find(({ name }) => name === parsed.name);
  if (layer && parsed.part !== 'output') return parameterMarks(trace, layer, parsed, gradient);
  const tensor = formatRef({ ...parsed, index: [] });
  const own = markAt(tensor, parsed.index);
  if (parsed.name === 'y') return [own];
  if (parsed.name === 'loss') return [own, ...probabilityMarks(trace, parsed, own, gradient)];
  if (gradient) {
    const takers = trace.layers.filter(({ inputs }) => inputs.includes(tensor));
    const ends = [...trace.loss.quantities, 'y'].map((end): Mark => ({ ...own, tensor: end, kind: 'field' }));
    return [own, ...(takers.length > 0 ? takers.flatMap((one) => linked(trace, one, parsed.index, 'back')) : ends)];
  }
  return [own, ...(layer ? linked(trace, layer, parsed.index, 'forward') : [])];
}

/**
 * The inputs of a probability: the scores of its sample, or the one at its place. Its gradient depends on the target.
 */
function probabilityMarks(trace: Trace, { index }: Ref, own: Mark, gradient: boolean): Mark[] {
  const last = trace.layers.at(-1);
  if (gradient || !last) return [{ ...own, tensor: 'y', kind: 'field' }];
  const side = { tensor: last.output, shape: shapesOf(trace, last).output, sample: index[0] ?? 0 };
  const connects = trace.loss.elementwise ? 'place' : 'all';
  return pairing({ connects, axis: null }, side, side.shape, index.slice(1));
}

function markAt(tensor: string, index: readonly number[], kind: MarkKind = 'own'): Mark {
  const [row = 0, column = 0] = index.length > 2 ? index.slice(-2) : index.slice(-1);
  return { tensor, prefix: index.slice(0, index.length > 2 ? -2 : -1), box: cellBox([row, column]), kind };
}

/** The tensor at one end of a layer. */
interface Side {
  tensor: string;
  /** The shape of one sample. */
  shape: readonly number[];
  sample: number;
}

/** The cells at the other end of a layer: the inputs of an output, or the outputs whose gradients reach an input. */
function linked(trace: Trace, layer: LayerTrace, index: readonly number[], way: Way): Mark[] {
  const shapes = shapesOf(trace, layer);
  const [sample = 0, ...own] = index;
  const inputs = { tensor: layer.inputs[0] ?? 'x', shape: shapes.input, sample };
  const outputs = { tensor: layer.output, shape: shapes.output, sample };
  const [here, there] = way === 'forward' ? [outputs, inputs] : [inputs, outputs];
  if (!layer.window) return pairing(layer, there, here.shape, own);
  const [channel = 0, ...at] = own;
  const field = fieldOf(layer, way, placeIn(at));
  const box = field?.box;
  if (!field || !box) return [];
  const channels = layer.window.across ? Array.from({ length: there.shape[0] ?? 1 }, (_, place) => place) : [channel];
  if (onSequences(layer)) {
    // One map has all channels.
    const block = { ...box, top: channels[0] ?? 0, rows: channels.length };
    return [fieldIn(there, [], block), ...sequenceKernels(trace, layer, channel, channels, way)];
  }
  const fields = channels.map((other) => fieldIn(there, [other], box));
  const kernels = hasParameter(layer, 'w') ? channels.map((other) => kernelOf(trace, layer, channel, other, way)) : [];
  return [...fields, ...kernels, ...(way === 'forward' ? winnerMarks(trace, layer, field, fields, index) : [])];
}

function fieldIn({ tensor, sample }: Side, before: readonly number[], box: Box): Mark {
  return { tensor, prefix: [sample, ...before], box, kind: 'field' };
}

/** The filter's slice between an output of the layer and an input channel. */
function kernelOf(trace: Trace, layer: LayerTrace, own: number, other: number, way: Way): Mark {
  const [filter, channel] = way === 'forward' ? [own, other] : [other, own];
  const tensor = `${layer.name}.w`;
  const [rows = 1, columns = 1] = shapeOf(trace.tensors[tensor]).slice(2);
  return { tensor, prefix: kernelPrefix(layer, filter, channel), box: boxOf(rows, columns), kind: 'kernel' };
}

/** A filter on sequences has a row for each channel: the whole filter, or the row of one channel in each filter. */
function sequenceKernels(
  trace: Trace,
  layer: LayerTrace,
  own: number,
  others: readonly number[],
  way: Way,
): readonly Mark[] {
  if (!hasParameter(layer, 'w')) return [];
  const tensor = `${layer.name}.w`;
  const [, rows = 1, columns = 1] = shapeOf(trace.tensors[tensor]);
  if (way === 'forward') return [{ tensor, prefix: [own], box: boxOf(rows, columns), kind: 'kernel' }];
  const row = { ...boxOf(1, columns), top: own };
  return others.map((filter) => ({ tensor, prefix: [filter], box: row, kind: 'kernel' }));
}

/** The pixel that was the maximum of an output's window; a large batch has these only for the shown sample. */
function winnerMarks(
  trace: Trace,
  { unrolled }: LayerTrace,
  { rows, columns }: Field,
  fields: readonly Mark[],
  [sample = 0, ...own]: readonly number[],
): Mark[] {
  const chosen = unrolled?.chosen as Tensor | null | undefined;
  const at = shapeOf(chosen)[0] === 1 && sample === trace.sample ? 0 : sample;
  const number = entryAt(chosen ?? undefined, [at, ...own]);
  if (typeof number !== 'number') return [];
  const [row, column] = [rows[Math.floor(number / columns.length)], columns[number % columns.length]];
  return fields.map((field) => ({ ...field, kind: 'winner', box: cellBox([row ?? 0, column ?? 0]) }));
}

/** Layers without windows. */
function pairing(
  { connects, axis }: Pick<LayerTrace, 'connects' | 'axis'>,
  side: Side,
  here: readonly number[],
  own: readonly number[],
): Mark[] {
  const { tensor, shape, sample } = side;
  if (connects === 'all' || (connects === 'axis' && shape.length === 1)) return allOf(side);
  // All that differ from the number only along the axis.
  if (connects === 'axis') {
    const places = Array.from({ length: shape[axis ?? 0] ?? 0 }, (_, place) => own.with(axis ?? 0, place));
    return places.map((index) => markAt(tensor, [sample, ...index], 'field'));
  }
  if (connects === 'channel' && shape.length > 1) {
    return [fieldIn(side, [own[0] ?? 0], boxOf(shape.at(-2) ?? 1, shape.at(-1) ?? 1))];
  }
  // The number with the same position in flat order, even if the shape differs.
  const flat = own.reduce((sum, one, axis) => sum * (here[axis] ?? 1) + one, 0);
  return [markAt(tensor, [sample, ...unravel(flat, shape)], 'field')];
}

function allOf(side: Side): Mark[] {
  const [rows = 1, columns = 1] = side.shape.length > 1 ? side.shape.slice(-2) : side.shape;
  const before = side.shape.slice(0, -2);
  const count = before.reduce((product, size) => product * size, 1);
  return Array.from({ length: count }, (_, place) => fieldIn(side, unravel(place, before), boxOf(rows, columns)));
}

/** A weight of a filter; its gradient depends on every pixel that the weight is multiplied by in some window. */
function parameterMarks(trace: Trace, layer: LayerTrace, { part, index }: Ref, gradient: boolean): Mark[] {
  if (!layer.window || index.length !== layer.window.size.length + 2) return [];
  const own = markAt(`${layer.name}.${part}`, index);
  const along = gradient && fieldAlong(layer, placeIn(index.slice(2)));
  if (!along) return [own];
  const { transposed } = layer.window;
  const [filter, channel] = [index[layer.axes.w?.units ?? 0] ?? 0, index[layer.axes.w?.inputs ?? 1] ?? 0];
  const { input, output } = shapesOf(trace, layer);
  const side = { sample: trace.sample, shape: [] };
  if (onSequences(layer)) {
    const came = { ...boxOf(1, output.at(-1) ?? 1), top: filter };
    return [
      own,
      fieldIn({ ...side, tensor: layer.inputs[0] ?? 'x' }, [], { ...along, top: channel }),
      fieldIn({ ...side, tensor: layer.output }, [], came),
    ];
  }
  const [, rows = 1, columns = 1] = transposed ? input : output;
  const [met, came] = transposed ? [boxOf(rows, columns), along] : [along, boxOf(rows, columns)];
  return [
    own,
    fieldIn({ ...side, tensor: layer.inputs[0] ?? 'x' }, [channel], met),
    fieldIn({ ...side, tensor: layer.output }, [filter], came),
  ];
}

/**
 * Windows on images and sequences: the numbers at the other end of a layer that a number is connected with, as the
 * service lists them (`unrolled`).
 */

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
