/** What belongs to a number: its own cell, and the cells that it was made of, each as a rectangle in a map. */

import type { LayerTrace, Trace } from '../api/types';
import { shapeOf, unravel } from '../lookup';
import { baseOf, canonical, parseRef, type Ref } from '../refs';
import { type Box, boxAlong, boxAround, boxOf, boxUnder, cellBox, type Place, tapsOver, windowsOf } from './receptive';
import { winnerOf } from './winner';

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
  const at = trace.layers.findIndex(({ name }) => name === parsed.name);
  const layer = trace.layers[at];
  if (layer && parsed.part !== 'output') return parameterMarks(trace, layer, parsed, gradient);
  const tensor = parsed.name === 'x' || parsed.name === 'y' ? parsed.name : `${parsed.name}.${parsed.part}`;
  const own = ownMark(tensor, parsed.index);
  if (parsed.name === 'y') return [own];
  if (parsed.name === 'loss') return [own, ...probabilityMarks(trace, parsed, own, gradient)];
  if (gradient) {
    const next = trace.layers[at + 1];
    const ends = [...(trace.loss.p ? ['loss.p'] : []), 'y'].map(
      (end): Mark => ({ ...own, tensor: end, kind: 'field' }),
    );
    return [own, ...(next ? linked(trace, next, parsed.index, 'back') : ends)];
  }
  return [own, ...(layer ? linked(trace, layer, parsed.index, 'forward') : [])];
}

/** What a probability is made of: the scores of its sample, or the one at its place. Its gradient is made of the target. */
function probabilityMarks(trace: Trace, { index }: Ref, own: Mark, gradient: boolean): Mark[] {
  const last = trace.layers.at(-1);
  if (gradient || !last) return [{ ...own, tensor: 'y', kind: 'field' }];
  const side = { tensor: `${last.name}.output`, shape: shapeOf(last.output).slice(1), sample: index[0] ?? 0 };
  const type = trace.loss.type === 'softmax_cross_entropy' ? 'Softmax' : 'Sigmoid';
  return pairing(type, side, side.shape, index.slice(1));
}

function ownMark(tensor: string, index: readonly number[]): Mark {
  const [row = 0, column = 0] = index.length > 2 ? index.slice(-2) : index.slice(-1);
  return { tensor, prefix: index.slice(0, index.length > 2 ? -2 : -1), box: cellBox([row, column]), kind: 'own' };
}

/** The cells at the other end of a layer: of its input that made an output, or of its output that give to an input. */
function linked(trace: Trace, layer: LayerTrace, index: readonly number[], way: 'forward' | 'back'): Mark[] {
  const place = trace.layers.indexOf(layer);
  const before = trace.layers[place - 1];
  const inputs = { tensor: before ? `${before.name}.output` : 'x', shape: shapeOf(layer.input).slice(1) };
  const outputs = { tensor: `${layer.name}.output`, shape: shapeOf(layer.output).slice(1) };
  const [here, there] = way === 'forward' ? [outputs, inputs] : [inputs, outputs];
  const side: Side = { ...there, sample: index[0] ?? 0 };
  const own = index.slice(1);
  const windows = trace.document.layers[place] ? windowsOf(trace.document.layers[place]) : null;
  if (windows) {
    // Windows lie on a convolution's input; going back, and for the transpose, one asks which windows lie here.
    const sees = (way === 'forward') !== (layer.type === 'Deconv2D');
    const [row = 0, column = 0] = own.slice(1);
    const size: Place = [side.shape[1] ?? 1, side.shape[2] ?? 1];
    const box = sees ? boxUnder(windows, [row, column]) : boxAround(tapsOver(windows, [row, column], size));
    if (!box) return [];
    if (layer.type === 'Conv2D' || layer.type === 'Deconv2D') {
      const channels = Array.from({ length: side.shape[0] ?? 1 }, (_, channel) => channel);
      const kernels = channels.map((channel) => kernelOf(layer, own[0] ?? 0, channel, way));
      return [...channels.map((channel) => fieldIn(side, [channel], box)), ...kernels];
    }
    const field = fieldIn(side, [own[0] ?? 0], box);
    const won = layer.type === 'MaxPool2D' && way === 'forward' ? winnerOf(layer, windows, index) : null;
    return won ? [field, { ...field, kind: 'winner', box: cellBox(won) }] : [field];
  }
  return pairing(layer.type, side, here.shape, own);
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
function kernelOf(layer: LayerTrace, own: number, other: number, way: 'forward' | 'back'): Mark {
  const [filter, channel] = way === 'forward' ? [own, other] : [other, own];
  const prefix = layer.type === 'Deconv2D' ? [channel, filter] : [filter, channel];
  const [rows = 1, columns = 1] = shapeOf(layer.parameters.w?.value).slice(2);
  return { tensor: `${layer.name}.w`, prefix, box: boxOf(rows, columns), kind: 'kernel' };
}

/** Layers without windows. */
function pairing(type: string, side: Side, here: readonly number[], own: readonly number[]): Mark[] {
  if (type === 'Linear' || type === 'Softmax' || type === 'LayerNorm') return allOf(side);
  if (type === 'BatchNorm' && side.shape.length > 1) {
    return [fieldIn(side, [own[0] ?? 0], boxOf(side.shape.at(-2) ?? 1, side.shape.at(-1) ?? 1))];
  }
  // The same number in order, also where the shape is another one.
  const flat = own.reduce((sum, one, axis) => sum * (here[axis] ?? 1) + one, 0);
  return [{ ...ownMark(side.tensor, [side.sample, ...unravel(flat, side.shape)]), kind: 'field' }];
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
  const place = trace.layers.indexOf(layer);
  const windows = trace.document.layers[place] ? windowsOf(trace.document.layers[place]) : null;
  const tensor = `${layer.name}.${part}`;
  if (index.length !== 4 || !windows) return [];
  const own: Mark = { tensor, prefix: index.slice(0, 2), box: cellBox([index[2] ?? 0, index[3] ?? 0]), kind: 'own' };
  if (!gradient) return [own];
  const transposed = layer.type === 'Deconv2D';
  const [filter = 0, channel = 0] = transposed ? [index[1], index[0]] : index;
  const before = trace.layers[place - 1];
  const [input, output] = [shapeOf(layer.input).slice(2), shapeOf(layer.output).slice(2)];
  const counts = (transposed ? input : output) as unknown as Place;
  const along = boxAlong(windows, [index[2] ?? 0, index[3] ?? 0], counts);
  const whole = boxOf(counts[0], counts[1]);
  const at = { sample: trace.sample, shape: [] };
  return [
    own,
    fieldIn({ ...at, tensor: before ? `${before.name}.output` : 'x' }, [channel], transposed ? whole : along),
    fieldIn({ ...at, tensor: `${layer.name}.output` }, [filter], transposed ? along : whole),
  ];
}
