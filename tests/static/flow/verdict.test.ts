import { describe, expect, test } from 'vitest';
import type { GradientFlow, LayerFlow } from '@/api/questions';
import { FAR, verdictOf } from '@/flow/Flow';
import { inWords } from '@/maths/sentences';
import { texts } from '@/texts';

const words = texts.flow.verdict;

function flowOf(...gradients: number[]): GradientFlow {
  const rows: LayerFlow[] = gradients.map((gradient, place) => ({
    layer: `layer_${place}`,
    type: 'Linear',
    gradient,
    parameters: null,
    units: 1,
    dead: [],
    saturated: [],
  }));
  const [first, last] = [gradients[0] as number, gradients.at(-1) as number];
  return { rows, ratio: rows.length < 2 || last === 0 ? null : first / last, nonfinite: [] };
}

describe('the verdict on the sizes', () => {
  test('a gradient that shrinks by a factor above 1000 vanishes, and one that grows by it explodes', () => {
    expect(verdictOf(flowOf(1, 2, 4096))).toEqual({ kind: 'vanishes', times: 4096 });
    expect(verdictOf(flowOf(1, 4))).toEqual({ kind: 'shrinks', times: 4 });
    expect(verdictOf(flowOf(4096, 1))).toEqual({ kind: 'explodes', times: 4096 });
    expect(verdictOf(flowOf(4, 1))).toEqual({ kind: 'grows', times: 4 });
    expect(FAR).toBe(1000);
    expect(verdictOf(flowOf(1, 1000)).kind).toBe('shrinks');
    expect(verdictOf(flowOf(1000, 1)).kind).toBe('grows');
  });

  test('a factor of up to two is no change', () => {
    expect(verdictOf(flowOf(1, 2)).kind).toBe('even');
    expect(verdictOf(flowOf(2, 1)).kind).toBe('even');
    expect(verdictOf(flowOf(1, 50, 1)).kind).toBe('even');
  });

  test('a single layer, or no gradient at the output, gives nothing to compare', () => {
    expect(verdictOf(flowOf(3)).kind).toBe('single');
    expect(verdictOf(flowOf(0, 0)).kind).toBe('none');
  });

  test('a layer that blocks the gradient is named', () => {
    expect(verdictOf(flowOf(0, 0, 3, 4))).toEqual({ kind: 'stopped', layer: 'layer_2' });
  });

  test('sizes that are not finite are reported and not compared', () => {
    expect(verdictOf(flowOf(1, Number.NaN)).kind).toBe('broken');
    expect(verdictOf(flowOf(Number.POSITIVE_INFINITY, 1)).kind).toBe('broken');
    expect(verdictOf(flowOf(Number.NaN)).kind).toBe('broken');
  });
});

test('the sentence states the factor and the bound', () => {
  const value = (number: number) => ({ value: number, ref: null });
  expect(inWords(words.vanishes(value(4300), value(FAR)))).toBe(
    'The gradient vanishes: it shrinks 4300 times (over 1000) by the first layer.',
  );
  expect(inWords(words.explodes(value(4300), value(FAR)))).toBe(
    'The gradient explodes: it grows 4300 times (over 1000) by the first layer.',
  );
});
