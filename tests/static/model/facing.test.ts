import { describe, expect, test } from 'vitest';
import type { Trace } from '@/api/types';
import type { Piece } from '@/model/cursor';
import { facingOf, facingsOf } from '@/model/focus';
import { recorded } from '../recorded';

/** The first node of the step in which a layer computes something. */
function pieces({ stages }: Trace, layer: string, computes: string): Piece[] {
  return stages
    .filter((stage) => stage.layer === layer && stage.computes === computes)
    .map((stage) => ({ stage, first: 0, end: 1, term: null }));
}

describe('the numbers of a weight in the current step', () => {
  const { trace } = recorded('two-layers');

  test.each([
    ['output', ['value']],
    ['parameter_gradients', ['gradient']],
    ['input_gradient', ['value']],
    ['next', ['value', 'gradient', 'next']],
  ])('%s: %s', (computes, expected) => {
    expect(facingsOf(pieces(trace, 'fc_2', computes), 'fc_2.w[0,1]')).toEqual(expected);
  });

  test('are none in a step of another layer, and exclude the value of a bias where it is not a factor', () => {
    expect(facingsOf(pieces(trace, 'fc_2', 'output'), 'fc_1.w[0,1]')).toEqual([]);
    expect(facingsOf(pieces(trace, 'fc_2', 'input_gradient'), 'fc_2.b[0]')).toEqual([]);
  });

  test('are the weight and its gradient in a step that computes both gradients of a layer', () => {
    const both = [...pieces(trace, 'fc_2', 'parameter_gradients'), ...pieces(trace, 'fc_2', 'input_gradient')];
    expect(facingsOf(both, 'fc_2.w[0,1]')).toEqual(['value', 'gradient']);
  });
});

describe('the number of an input or output in the current step', () => {
  const { trace } = recorded('convolution');

  test('is its value for a gradient of weights, and its gradient where that is computed', () => {
    expect(facingOf(trace, pieces(trace, 'conv_1', 'parameter_gradients'), 'x')).toBe('value');
    expect(facingOf(trace, pieces(trace, 'conv_1', 'input_gradient'), 'x')).toBe('gradient');
    expect(facingOf(trace, pieces(trace, 'conv_1', 'output'), 'conv_1.output')).toBe('value');
    expect(facingOf(trace, pieces(trace, 'loss', 'loss_gradient'), 'conv_1.output')).toBe('gradient');
    expect(facingOf(trace, pieces(trace, 'conv_1', 'next'), 'x')).toBeNull();
  });
});
