import { describe, expect, test } from 'vitest';
import { THICK, THIN } from '@/model/geometry';
import { drawnLines, linesOf } from '@/train/lines';
import { recorded } from '../recorded';

const SIZE = { width: 300, height: 200 };

describe('the lines of a training', () => {
  test('join every unit and bias with every unit of the next column, and stay in their room', () => {
    const trace = recorded('two-layers').trace;
    const found = linesOf(trace, trace.tensors, SIZE);
    if (!found) throw new Error('no lines');
    const sizes = trace.layers
      .flatMap(({ parameters }) => parameters)
      .map((name) => (trace.tensors[name] as number[] | number[][]).flat().length);
    expect(found.lines).toHaveLength(sizes.reduce((sum, size) => sum + size, 0));
    expect(new Set(found.lines.map(({ ref }) => ref)).size).toBe(found.lines.length);
    for (const { x, y } of found.units) {
      expect(x).toBeGreaterThanOrEqual(found.radius);
      expect(x).toBeLessThanOrEqual(SIZE.width - found.radius);
      expect(y).toBeGreaterThanOrEqual(found.radius);
      expect(y).toBeLessThanOrEqual(SIZE.height - found.radius);
    }
    const drawn = drawnLines(found, trace.tensors);
    const largest = Math.max(...drawn.map(({ value }) => Math.abs(value)));
    for (const { value, width, negative } of drawn) {
      expect(width).toBeCloseTo(THIN + ((THICK - THIN) * Math.abs(value)) / largest);
      expect(negative).toBe(value < 0);
    }
  });

  test('are not drawn of images, nor if there are too many', () => {
    const images = recorded('digits-cnn').trace;
    expect(linesOf(images, images.tensors, SIZE)).toBeNull();
    const trace = recorded('two-layers').trace;
    const [layer] = trace.layers;
    if (!layer) throw new Error('no layer');
    const wide = Array.from({ length: 50 }, () => Array.from({ length: 50 }, () => 1));
    expect(linesOf({ layers: [layer] }, { [`${layer.name}.w`]: wide }, SIZE)).toBeNull();
  });
});
