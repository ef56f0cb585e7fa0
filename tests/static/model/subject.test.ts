import { describe, expect, test } from 'vitest';
import type { LayerTrace } from '@/api/types';
import { subjectOf } from '@/model/subject';
import { recorded } from '../recorded';

const { trace } = recorded('two-layers');
const kinds = (ref: string) => subjectOf(trace, ref)?.quantities.map(({ kind, ref: of }) => `${kind} ${of}`);

describe('the inspector’s subject', () => {
  test('is the whole unit for each of its numbers', () => {
    const unit = [
      'pre fc_1.output[0,0]',
      'value relu_1.output[0,0]',
      'gradient relu_1.output.grad[0,0]',
      'preGradient fc_1.output.grad[0,0]',
    ];
    for (const ref of ['relu_1.output[0,0]', 'fc_1.output.grad[0,0]', 'relu_1.input[0,0]'])
      expect(kinds(ref)).toEqual(unit);
  });

  test('of an edge has the weight, its gradient and its update', () => {
    expect(kinds('fc_2.w[0,1]')).toEqual(['value fc_2.w[0,1]', 'gradient fc_2.w.grad[0,1]', 'next fc_2.w.next[0,1]']);
    expect(subjectOf(trace, 'fc_2.b[1]')?.role).toBe('biasWeight');
    expect(subjectOf(trace, 'fc_2.w[0,1]')?.role).toBe('weight');
  });

  test('is an output in the last layer, with any shape, and hidden before', () => {
    const image = recorded('convolution').trace;
    expect(subjectOf(image, 'conv_1.output[0,0,0,0]')?.role).toBe('output');
    expect(subjectOf(recorded('digits-cnn').trace, 'conv_1.output[0,0,0,0]')?.role).toBe('hidden');
  });

  test('of a normalization is its scale γ or its shift β, and no bias', () => {
    const [layer] = trace.layers;
    const ln = { ...layer, name: 'ln', type: 'LayerNorm', parameters: ['ln.gamma', 'ln.beta'] } as LayerTrace;
    const normalized = { ...trace, nodes: null, edges: null, layers: [ln] };
    expect(subjectOf(normalized, 'ln.gamma[0]')?.role).toBe('scale');
    expect(subjectOf(normalized, 'ln.beta[0]')?.role).toBe('shift');
  });

  test('of the loss and of a truth is only the number', () => {
    expect(kinds('loss')).toEqual(['value loss']);
    expect(kinds('y[0,1]')).toEqual(['value y[0,1]']);
  });

  test('is found for numbers of other samples, too', () => {
    const batch = recorded('batch-of-three').trace;
    expect(subjectOf(batch, 'fc_1.output[2,3]')?.quantities.map(({ ref }) => ref)).toEqual([
      'fc_1.output[2,3]',
      'fc_1.output.grad[2,3]',
    ]);
  });
});
