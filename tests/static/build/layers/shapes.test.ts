import { describe, expect, test } from 'vitest';
import { inputShapes, parameterShapes, type Settings, type Shape } from '@/build/layers/shapes';
import { shapeOf } from '@/lookup';
import { recorded, SLUGS } from '../../recorded';

const behind = (layer: Settings, input: Shape) =>
  inputShapes({ input_shape: [...input], layers: [layer] as never }).at(-1);

test.each(SLUGS)('the shapes of %s are those of the service', (slug) => {
  const { document, layers } = recorded(slug).trace;
  const shapes = inputShapes(document);
  layers.forEach((layer, place) => {
    expect(shapes[place]).toEqual(shapeOf(layer.input).slice(1));
    expect(shapes[place + 1]).toEqual(shapeOf(layer.output).slice(1));
    const own = parameterShapes(document.layers[place] as Settings, shapes[place] ?? []);
    for (const [name, { value }] of Object.entries(layer.parameters)) expect(own[name]).toEqual(shapeOf(value));
  });
});

describe('images', () => {
  test.each([
    [{ type: 'Conv2D', n_filter: 4, h_filter: 3, w_filter: 2 }, [4, 3, 5]],
    [{ type: 'Conv2D', n_filter: 4, h_filter: 3, w_filter: 3, stride: 2, padding: 1 }, [4, 3, 3]],
    [{ type: 'Deconv2D', n_filters: 3, h_filter: 2, w_filter: 2, stride: 2, dilation: 2 }, [3, 11, 13]],
    [{ type: 'MaxPool2D', size: [1, 2], stride: 2 }, [2, 3, 3]],
    [{ type: 'MaxPool2D', size: 2, stride: 1 }, [2, 4, 5]],
    [{ type: 'AvgPool2D', size: 2, stride: 2 }, null],
    [{ type: 'Flatten' }, [60]],
    [{ type: 'Linear', output_dim: 2 }, null],
    [{ type: 'Conv2D', n_filter: 1, h_filter: 7, w_filter: 1 }, null],
    [{ type: 'Unheard' }, [2, 5, 6]],
  ] as [Settings, Shape | null][])('of 2×5×6 behind %j', (layer, shape) => {
    expect(behind(layer, [2, 5, 6])).toEqual(shape);
  });
});
