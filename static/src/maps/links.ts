/** What belongs to a number: its own cell, and the cells that it was made of, each as a rectangle in a map. */

import type { LayerTrace, Trace } from '../api/types';
import { entryAt, hasParameter, shapeOf, shapesOf, type Tensor, unravel } from '../lookup';
import { baseOf, canonical, parseRef, type Ref } from '../refs';
import {
  type Box,
  boxAlong,
  boxAround,
  boxOf,
  boxUnder,
  cellBox,
  type Place,
  tapsOver,
  type Windows,
  windowsOf,
} from './receptive';

export type MarkKind = 'own' | 'field' | 'winner' | 'kernel';

export interface Mark {
  /** As a slice has them: `conv_1.output`, whether its value or its gradient is meant, and sample and channel. */
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
  const tensor = parsed.name === 'x' || parsed.name === 'y' ? parsed.name : `${parsed.name}.${parsed.part}`;
  const own = ownMark(tensor, parsed.index);
  if (parsed.name === 'y') return [own];
  if (parsed.name === 'loss') return [own, ...probabilityMarks(trace, parsed, own, gradient)];
  if (gradient) {
    const takers = trace.layers.filter(({ inputs }) => inputs.includes(tensor));
    const ends = [...trace.loss.quantities, 'y'].map((end): Mark => ({ ...own, tensor: end, kind: 'field' }));
    return [own, ...(takers.length > 0 ? takers.flatMap((one) => linked(trace, one, parsed.index, 'back')) : ends)];
  }
  return [own, ...(layer ? linked(trace, layer, parsed.index, 'forward') : [])];
}

/** What a probability is made of: the scores of its sample, or the one at its place. Its gradient is made of the target. */
function probabilityMarks(trace: Trace, { index }: Ref, own: Mark, gradient: boolean): Mark[] {
  const last = trace.layers.at(-1);
  if (gradient || !last) return [{ ...own, tensor: 'y', kind: 'field' }];
  const side = { tensor: `${last.name}.output`, shape: shapesOf(trace, last).output, sample: index[0] ?? 0 };
  const connects = trace.loss.elementwise ? 'place' : 'all';
  return pairing({ connects, axis: null }, side, side.shape, index.slice(1));
}

function ownMark(tensor: string, index: readonly number[]): Mark {
  const [row = 0, column = 0] = index.length > 2 ? index.slice(-2) : index.slice(-1);
  return { tensor, prefix: index.slice(0, index.length > 2 ? -2 : -1), box: cellBox([row, column]), kind: 'own' };
}

/** The cells at the other end of a layer: of its input that made an output, or of its output that give to an input. */
function linked(trace: Trace, layer: LayerTrace, index: readonly number[], way: 'forward' | 'back'): Mark[] {
  const shapes = shapesOf(trace, layer);
  const inputs = { tensor: layer.inputs[0] ?? 'x', shape: shapes.input };
  const outputs = { tensor: layer.output, shape: shapes.output };
  const [here, there] = way === 'forward' ? [outputs, inputs] : [inputs, outputs];
  const side: Side = { ...there, sample: index[0] ?? 0 };
  const own = index.slice(1);
  const windows = windowsOf(layer);
  if (windows) {
    // Windows lie on a convolution's input; going back, and for the transpose, one asks which windows lie here.
    const sees = (way === 'forward') !== windows.transposed;
    const [row = 0, column = 0] = own.slice(1);
    const size: Place = [side.shape[1] ?? 1, side.shape[2] ?? 1];
    const box = sees ? boxUnder(windows, [row, column]) : boxAround(tapsOver(windows, [row, column], size));
    if (!box) return [];
    const own0 = own[0] ?? 0;
    const channels = windows.across ? Array.from({ length: side.shape[0] ?? 1 }, (_, channel) => channel) : [own0];
    const fields = channels.map((channel) => fieldIn(side, [channel], box));
    const kernels = hasParameter(layer, 'w')
      ? channels.map((channel) => kernelOf(trace, layer, own0, channel, way))
      : [];
    return [...fields, ...kernels, ...(way === 'forward' ? winnerMarks(trace, layer, windows, fields, index) : [])];
  }
  return pairing(layer, side, here.shape, own);
}

interface Side {
  tensor: string;
  /** Of one sample. */
  shape: readonly number[];
  sample: number;
}

function fieldIn({ tensor, sample }: Side, before: readonly number[], box: Box): Mark {
  return { tensor, prefix: [sample, ...before], box, kind: 'field' };
}

/** The filter's slice between an output of the layer and an input channel. */
function kernelOf(trace: Trace, layer: LayerTrace, own: number, other: number, way: 'forward' | 'back'): Mark {
  const [filter, channel] = way === 'forward' ? [own, other] : [other, own];
  const prefix = kernelPrefix(layer, filter, channel);
  const [rows = 1, columns = 1] = shapeOf(trace.tensors[`${layer.name}.w`]).slice(2);
  return { tensor: `${layer.name}.w`, prefix, box: boxOf(rows, columns), kind: 'kernel' };
}

/** Where in the filters a filter's slice of an input channel stands: a convolution counts filters first, its transpose channels. */
export const kernelPrefix = ({ axes }: LayerTrace, filter: number, channel: number): number[] =>
  axes.w?.units === 0 ? [filter, channel] : [channel, filter];

/** The pixel that an output took, where it is one of those of its window; the service has them of the sample shown. */
function winnerMarks(
  trace: Trace,
  { unrolled }: LayerTrace,
  { width, stride, padding, dilation }: Windows,
  fields: readonly Mark[],
  [sample = 0, channel = 0, row = 0, column = 0]: readonly number[],
): Mark[] {
  const chosen = unrolled?.chosen as Tensor | null | undefined;
  const at = shapeOf(chosen)[0] === 1 && sample === trace.sample ? 0 : sample;
  const number = entryAt(chosen ?? undefined, [at, channel, row, column]);
  if (typeof number !== 'number') return [];
  const place = (start: number, within: number) => start * stride - padding + within * dilation;
  const won: Place = [place(row, Math.floor(number / width)), place(column, number % width)];
  return fields.map((field) => ({ ...field, kind: 'winner', box: cellBox(won) }));
}

/** Layers without windows. */
function pairing(
  { connects, axis }: Pick<LayerTrace, 'connects' | 'axis'>,
  side: Side,
  here: readonly number[],
  own: readonly number[],
): Mark[] {
  if (connects === 'all' || (connects === 'axis' && side.shape.length === 1)) return allOf(side);
  if (connects === 'axis') return alongOf(side, axis ?? 0, own);
  if (connects === 'channel' && side.shape.length > 1) {
    return [fieldIn(side, [own[0] ?? 0], boxOf(side.shape.at(-2) ?? 1, side.shape.at(-1) ?? 1))];
  }
  // The same number in order, also where the shape is another one.
  const flat = own.reduce((sum, one, axis) => sum * (here[axis] ?? 1) + one, 0);
  return [{ ...ownMark(side.tensor, [side.sample, ...unravel(flat, side.shape)]), kind: 'field' }];
}

/** All that differ from a number along one axis alone. */
function alongOf({ tensor, shape, sample }: Side, axis: number, own: readonly number[]): Mark[] {
  return Array.from({ length: shape[axis] ?? 0 }, (_, place) => ({
    ...ownMark(tensor, [sample, ...own.with(axis, place)]),
    kind: 'field',
  }));
}

function allOf({ tensor, shape, sample }: Side): Mark[] {
  if (shape.length === 1) return [{ tensor, prefix: [sample], box: boxOf(shape[0] ?? 1, 1), kind: 'field' }];
  const [rows = 1, columns = 1] = shape.slice(-2);
  const before = shape.slice(0, -2);
  const count = before.reduce((product, size) => product * size, 1);
  return Array.from({ length: count }, (_, place) => ({
    tensor,
    prefix: [sample, ...unravel(place, before)],
    box: boxOf(rows, columns),
    kind: 'field',
  }));
}

/** A weight of a filter; its gradient has met every pixel that its place in the windows meets. */
function parameterMarks(trace: Trace, layer: LayerTrace, { part, index }: Ref, gradient: boolean): Mark[] {
  const windows = windowsOf(layer);
  const tensor = `${layer.name}.${part}`;
  if (index.length !== 4 || !windows) return [];
  const own: Mark = { tensor, prefix: index.slice(0, 2), box: cellBox([index[2] ?? 0, index[3] ?? 0]), kind: 'own' };
  if (!gradient) return [own];
  const { transposed } = windows;
  const [filter, channel] = [index[layer.axes.w?.units ?? 0] ?? 0, index[layer.axes.w?.inputs ?? 1] ?? 0];
  const { input, output } = shapesOf(trace, layer);
  const counts = (transposed ? input : output).slice(1) as unknown as Place;
  const along = boxAlong(windows, [index[2] ?? 0, index[3] ?? 0], counts);
  const whole = boxOf(counts[0], counts[1]);
  const at = { sample: trace.sample, shape: [] };
  return [
    own,
    fieldIn({ ...at, tensor: layer.inputs[0] ?? 'x' }, [channel], transposed ? whole : along),
    fieldIn({ ...at, tensor: layer.output }, [filter], transposed ? along : whole),
  ];
}
