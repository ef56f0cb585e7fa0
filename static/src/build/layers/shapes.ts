/**
 * Which shape each layer's samples and parameters have, so that the page can tell which weights still fit after a change.
 * What it does not know keeps the shape; the service has the last word, and says in its own what does not fit.
 */

import type { NetworkDocument } from '../../api/types';

export type Shape = readonly number[];

/** A layer as any of them: its settings by name. */
export type Settings = Record<string, unknown> & { type: string; name?: string | null };

/** The shape of a sample behind a layer, or `null` where samples of this shape are nothing for it. */
export function outputShape(layer: Settings, input: Shape): Shape | null {
  const rule = OUTPUTS[layer.type];
  return rule ? rule(layer, input) : input;
}

/** The shape of each parameter, and of what else a layer keeps for each of its numbers. */
export function parameterShapes(layer: Settings, input: Shape): Record<string, Shape> {
  return PARAMETERS[layer.type]?.(layer, input) ?? {};
}

/** The shape that comes into each layer and, at the end, what comes out of the last; `null` behind what does not fit. */
export function inputShapes({
  input_shape,
  layers,
}: Pick<NetworkDocument, 'input_shape' | 'layers'>): (Shape | null)[] {
  const shapes: (Shape | null)[] = [input_shape];
  for (const layer of layers) {
    const input = shapes.at(-1) ?? null;
    shapes.push(input && outputShape(layer as Settings, input));
  }
  return shapes;
}

const OUTPUTS: Readonly<Record<string, (layer: Settings, input: Shape) => Shape | null>> = {
  Linear: (layer, input) => (input.length === 1 ? [whole(layer, 'output_dim')] : null),
  Flatten: (_, input) => [input.reduce((product, size) => product * size, 1)],
  Conv2D: (layer, input) =>
    image(input, whole(layer, 'n_filter'), (side, axis) => {
      const free = side + 2 * whole(layer, 'padding', 0) - filter(layer, axis);
      return Math.floor(free / whole(layer, 'stride', 1)) + 1;
    }),
  Deconv2D: (layer, input) =>
    image(input, whole(layer, 'n_filters'), (side, axis) => {
      const painted = (filter(layer, axis) - 1) * whole(layer, 'dilation', 1) + 1;
      return (side - 1) * whole(layer, 'stride', 1) - 2 * whole(layer, 'padding', 0) + painted;
    }),
  MaxPool2D: pooled,
  AvgPool2D: pooled,
};

const PARAMETERS: Readonly<Record<string, (layer: Settings, input: Shape) => Record<string, Shape>>> = {
  Linear: (layer, input) => ({ w: [...input, whole(layer, 'output_dim')], b: [whole(layer, 'output_dim')] }),
  Conv2D: (layer, [channels = 0]) => ({
    w: [whole(layer, 'n_filter'), channels, filter(layer, 0), filter(layer, 1)],
    b: [whole(layer, 'n_filter')],
  }),
  Deconv2D: (layer, [channels = 0]) => ({
    w: [channels, whole(layer, 'n_filters'), filter(layer, 0), filter(layer, 1)],
    b: [whole(layer, 'n_filters')],
  }),
  BatchNorm: (_, [features = 0]) => ({
    gamma: [features],
    beta: [features],
    running_mean: [features],
    running_variance: [features],
  }),
  LayerNorm: (_, input) => ({ gamma: input, beta: input }),
};

function pooled(layer: Settings, input: Shape): Shape | null {
  const [channels = 0] = input;
  const stride = whole(layer, 'stride', 1);
  const sides = Array.isArray(layer.size) ? (layer.size as number[]) : [whole(layer, 'size'), whole(layer, 'size')];
  return image(input, channels, (side, axis) => {
    const free = side - (sides[axis] ?? 1);
    return free % stride === 0 ? free / stride + 1 : 0;
  });
}

/** An image of so many channels; `null` for what is none, and where nothing would be left of it. */
function image(input: Shape, channels: number, side: (before: number, axis: 0 | 1) => number): Shape | null {
  const [, height, width] = input;
  if (input.length !== 3 || height === undefined || width === undefined) return null;
  const shape = [channels, side(height, 0), side(width, 1)];
  return shape.every((size) => Number.isInteger(size) && size > 0) ? shape : null;
}

const filter = (layer: Settings, axis: 0 | 1): number => whole(layer, axis === 0 ? 'h_filter' : 'w_filter');

function whole(layer: Settings, name: string, otherwise = 0): number {
  const value = layer[name];
  return typeof value === 'number' ? value : otherwise;
}
