import { describe, expect, test } from 'vitest';
import { stepAt } from '@/model/cursor';
import { focusOf } from '@/model/focus';
import { ends } from '../ends';
import { recorded } from '../recorded';

const { trace } = recorded('two-layers');

function focusAt(step: number) {
  const end = ends(trace.stages, 'node')[step - 1] as number;
  const { nodes, edges, flow, loss } = focusOf(trace, stepAt(trace.stages, 'node', end), 0);
  return { nodes: [...nodes], edges: [...edges], flow, loss };
}

/** `factors` are the refs that the service names for the step. */
function focusAtTerm(cursor: number, ...factors: string[]) {
  const { nodes, edges, flow, truths } = focusOf(trace, stepAt(trace.stages, 'term', cursor), 0, factors);
  return { nodes: [...nodes], edges: [...edges], flow, truths: [...truths] };
}

describe('the step marks, term by term,', () => {
  test('the unit and the single edge of the term', () => {
    const expected = { nodes: ['h_1^(1)'], edges: ['fc_1.w[1,0]'], flow: 'forward', truths: [] };
    expect(focusAtTerm(2, 'x[0,1]', 'fc_1.w[1,0]')).toEqual(expected);
    expect(focusAtTerm(3, 'fc_1.b[0]').edges).toEqual(['fc_1.b[0]']);
  });

  test('only the unit, until the service has named the factors of the term', () => {
    expect(focusAtTerm(2)).toEqual({ nodes: ['h_1^(1)'], edges: [], flow: 'forward', truths: [] });
  });

  test('each output with its target, while the loss is summed', () => {
    const first = focusAtTerm(15, 'fc_2.output[0,0]', 'y[0,0]');
    expect(first).toMatchObject({ nodes: ['ŷ_1'], edges: [], truths: [0] });
    expect(focusAtTerm(16, 'fc_2.output[0,1]', 'y[0,1]')).toMatchObject({ nodes: ['ŷ_2'], truths: [1] });
  });

  test('the weight whose gradient is summed, and the one that passes a gradient back', () => {
    const grows = focusAtTerm(20, 'fc_2.output.grad[0,0]', 'relu_1.output[0,1]');
    expect(grows).toMatchObject({ edges: ['fc_2.w[1,0]'], flow: 'backward' });
    const back = focusAtTerm(26, 'fc_2.output.grad[0,1]', 'fc_2.w[0,1]');
    expect(back).toMatchObject({ nodes: ['h_1^(1)'], edges: ['fc_2.w[0,1]'], flow: 'backward' });
  });

  test('the score whose term is added to a probability', () => {
    const { trace: softmax } = recorded('softmax-classifier');
    const stage = softmax.stages.find(({ computes }) => computes === 'probabilities');
    const pieces = stepAt(softmax.stages, 'term', (stage?.start ?? 0) + 1);
    const { nodes, edges } = focusOf(softmax, pieces, 0, ['fc_1.output[0,0]']);
    expect([[...nodes], [...edges]]).toEqual([['p_1'], ['ŷ_1→p_1']]);
  });
});

describe('the step marks', () => {
  test('a unit and the edges that lead into it, going forward', () => {
    expect(focusAt(1)).toEqual({
      nodes: ['h_1^(1)'],
      edges: ['fc_1.b[0]', 'fc_1.w[0,0]', 'fc_1.w[1,0]'],
      flow: 'forward',
      loss: false,
    });
  });

  test('only the unit, when its activation is computed', () => {
    expect(focusAt(3)).toMatchObject({ nodes: ['h_1^(1)'], edges: [] });
  });

  test('the loss, and the gradient flowing back from it', () => {
    expect(focusAt(7)).toMatchObject({ loss: true, flow: 'forward' });
    expect(focusAt(8)).toMatchObject({ nodes: ['ŷ_1'], loss: true, flow: 'backward' });
  });

  test('the edges whose gradients are computed, and those that pass them back', () => {
    expect(focusAt(10).edges).toEqual(['fc_2.b[0]', 'fc_2.w[0,0]', 'fc_2.w[1,0]']);
    expect(focusAt(12)).toMatchObject({ nodes: ['h_1^(1)'], edges: ['fc_2.w[0,0]', 'fc_2.w[0,1]'], flow: 'backward' });
  });
});
