/** The refs that a step computes, for one sample. */

import type { LayerTrace, Trace } from '../api/types';
import { canonical, formatRef } from '../refs';
import type { Piece } from './cursor';

export function computedRefs(trace: Trace, pieces: readonly Piece[], sample: number): string[] {
  return pieces.flatMap((piece) => {
    const nodes = Array.from({ length: piece.end - piece.first }, (_, place) => piece.first + place);
    return nodes.flatMap((node) => nodeRefs(trace, piece, node, sample));
  });
}

function nodeRefs(trace: Trace, { stage }: Piece, node: number, sample: number): string[] {
  const layers = trace.layers.map(({ name }) => name);
  const layer = trace.layers.find(({ name }) => name === stage.layer);
  switch (stage.computes) {
    case 'mean':
    case 'variance':
      // What a layer gathers to normalize by; the picture has no place for it.
      return [];
    case 'loss':
      return ['loss'];
    case 'output':
      return [`${stage.layer}.output[${sample},${node}]`];
    case 'loss_gradient':
      return [`${layers.at(-1)}.output.grad[${sample},${node}]`];
    case 'input_gradient':
      return [canonical(layers, `${stage.layer}.input.grad[${sample},${node}]`)];
    case 'parameter_gradients':
      return layer ? parameterRefs(layer, node, 'grad') : [];
    case 'next':
      return layer ? parameterRefs(layer, node, 'next') : [];
  }
}

/** Everything that leads into one unit: its column of w, its entry of b. */
export function parameterRefs(layer: LayerTrace, node: number, derivative: 'grad' | 'next' | null): string[] {
  return Object.entries(layer.parameters).flatMap(([part, { value }]) => {
    const name = (index: number[]) => formatRef({ name: layer.name, part, derivative, index });
    return Array.isArray(value[0]) ? value.map((_, row) => name([row, node])) : [name([node])];
  });
}
