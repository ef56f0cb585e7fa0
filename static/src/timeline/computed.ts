/** The refs that a step computes, for one sample. */

import type { LayerTrace, Stage, Trace } from '../api/types';
import { outputOf, parametersOf, shapeOf, unravel } from '../lookup';
import { canonical, formatRef } from '../refs';
import type { Piece } from './cursor';

/** In their order; the first `most` of them, as of a large layer there are a hundred thousand. */
export function computedRefs(
  trace: Trace,
  pieces: readonly Piece[],
  sample: number,
  most = Number.POSITIVE_INFINITY,
): string[] {
  const refs: string[] = [];
  for (const { stage, first, end } of pieces) {
    for (let node = first; node < end && refs.length < most; node++) {
      // No spread into push: a node of a large layer has more refs than a call takes arguments.
      for (const ref of nodeRefs(trace, stage, node, sample)) refs.push(ref);
    }
  }
  return refs.slice(0, most);
}

/** How many there are in all: as many for each node of a stage. */
export function computedCount(trace: Trace, pieces: readonly Piece[], sample: number): number {
  return pieces.reduce(
    (count, { stage, first, end }) => count + (end - first) * nodeRefs(trace, stage, first, sample).length,
    0,
  );
}

export function nodeRefs(trace: Trace, stage: Stage, node: number, sample: number): string[] {
  const layers = trace.layers.map(({ name }) => name);
  const layer = trace.layers.find(({ name }) => name === stage.layer);
  const at = (tensor: unknown) => [sample, ...unravel(node, shapeOf(tensor).slice(1))].join(',');
  switch (stage.computes) {
    case 'mean':
    case 'variance':
      // One for each feature, or, where a sample is normalized by itself, one for each sample.
      return [`${stage.layer}.${stage.computes}[${layer?.type === 'LayerNorm' ? sample : node}]`];
    case 'loss':
      return ['loss'];
    case 'probabilities':
      return [`loss.p[${at(outputOf(trace))}]`];
    case 'output':
      return [`${stage.layer}.output[${at(trace.tensors[layer?.output ?? ''])}]`];
    case 'loss_gradient':
      return [`${layers.at(-1)}.output.grad[${at(outputOf(trace))}]`];
    case 'input_gradient':
      return [canonical(layers, `${stage.layer}.input.grad[${at(trace.tensors[layer?.inputs[0] ?? ''])}]`)];
    case 'parameter_gradients':
      return layer ? parameterRefs(trace, layer, node, 'grad') : [];
    case 'next':
      return layer ? parameterRefs(trace, layer, node, 'next') : [];
  }
}

/** Everything that leads into one unit: its column of w or its filter, its entry of b. */
export function parameterRefs(
  trace: Trace,
  layer: LayerTrace,
  node: number,
  derivative: 'grad' | 'next' | null,
): string[] {
  return parametersOf(layer).flatMap(([part, tensor]) => {
    const shape = shapeOf(trace.tensors[tensor]);
    // A layer normalization has a number for each feature, and the features of an image are its pixels.
    if (layer.type === 'LayerNorm') {
      return [formatRef({ name: layer.name, part, state: null, derivative, index: unravel(node, shape) })];
    }
    const axis = unitAxis(layer.type, shape.length);
    const others = shape.filter((_, place) => place !== axis);
    const count = others.reduce((product, size) => product * size, 1);
    const start = formatRef({ name: layer.name, part, state: null, derivative, index: [0] }).slice(0, -'0]'.length);
    const isColumn = others.length === 1 && axis === 1;
    return Array.from({ length: count }, (_, place) =>
      isColumn ? `${start}${place},${node}]` : `${start}${unravel(place, others).toSpliced(axis, 0, node)}]`,
    );
  });
}

/** Which axis of a parameter counts the units or filters. */
export function unitAxis(type: string, axes: number): number {
  return axes === 2 || type === 'Deconv2D' ? Math.min(1, axes - 1) : 0;
}
