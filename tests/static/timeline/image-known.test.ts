import { expect, test } from 'vitest';
import type { LayerTrace, Trace } from '@/api/types';
import { parameterRefs } from '@/timeline/computed';
import { dueAt, reached } from '@/timeline/reached';
import { recorded } from '../recorded';

test('a pixel is known as soon as it is computed, and not before', () => {
  const { stages, layers } = recorded('convolution').trace;
  const due = dueAt(stages, 'conv_1.output[0,0,1,0]', layers) as number;
  expect(due).toBe(15);
  expect(reached(stages, due - 1, 'conv_1.output[0,0,1,0]', layers)).toBe(false);
  expect(reached(stages, due, 'conv_1.output[0,0,1,1]', layers)).toBe(false);
});

test('the weights of a filter are known together', () => {
  const { stages, layers } = recorded('digits-cnn').trace;
  const due = (ref: string) => dueAt(stages, ref, layers) as number;
  expect(due('conv_1.w.grad[1,0,2,2]')).toBe(due('conv_1.w.grad[1,0,0,0]'));
  expect(due('conv_1.w.grad[1,0,0,0]')).toBe(due('conv_1.b.grad[1]'));
  expect(due('conv_1.w.grad[2,0,0,0]')).toBeGreaterThan(due('conv_1.w.grad[1,0,2,2]'));
});

test('a layer normalization has a number for each pixel', () => {
  const gamma = [
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ] as unknown as Trace['output'];
  const layer = {
    name: 'layer_norm_1',
    type: 'LayerNorm',
    parameters: { gamma: { value: gamma } },
  } as unknown as LayerTrace;
  expect(parameterRefs(layer, 4, 'grad')).toEqual(['layer_norm_1.gamma.grad[0,1,1]']);
});
