import { describe, expect, test } from 'vitest';
import type { Trace } from '@/api/types';
import { hasProbabilities, outputOf, valueAt } from '@/lookup';
import { markup } from '@/maths/markup';
import { equationsOf } from '@/matrices/equations';
import { type Matrix, refAt, valueIn } from '@/matrices/matrix';
import { recorded, SLUGS } from '../recorded';
import { equationOf, matricesOf } from './networks';

const rowsOf = (matrix: Matrix): number[][] =>
  Array.from({ length: matrix.rows }, (_, row) =>
    Array.from({ length: matrix.columns }, (_, column) => valueIn(matrix, row, column)),
  );

const product = (left: number[][], right: number[][]): number[][] =>
  left.map((row) =>
    (right[0] ?? []).map((_, column) => row.reduce((sum, one, k) => sum + one * (right[k]?.[column] ?? 0), 0)),
  );

const close = (found: number[][], due: number[][]): void => {
  expect(found.length).toBe(due.length);
  found.forEach((row, r) => {
    expect(row.length).toBe(due[r]?.length);
    row.forEach((one, c) => {
      expect(one).toBeCloseTo(due[r]?.[c] as number, 12);
    });
  });
};

describe.each(SLUGS)('the equations of %s', (slug) => {
  const { trace } = recorded(slug);
  const equations = equationsOf(trace);

  test('show no number but the trace’s own, each at its place', () => {
    for (const matrix of equations.flatMap(matricesOf)) {
      for (let row = 0; row < matrix.rows; row++) {
        for (let column = 0; column < matrix.columns; column++) {
          const ref = refAt(matrix, row, column) ?? '';
          expect(valueAt(trace, ref), ref).toBe(valueIn(matrix, row, column));
        }
      }
    }
  });

  test('hold: what stands on the left is what is worked out on the right', () => {
    for (const equation of equations) {
      const [result, one, other, last] = matricesOf(equation).map(rowsOf) as [
        number[][],
        number[][],
        number[][],
        number[][],
      ];
      if (equation.kind === 'forward') {
        close(
          result,
          product(one, other).map((row) => row.map((entry, k) => entry + (last[0]?.[k] as number))),
        );
      } else if (equation.kind === 'update') {
        const { optimizer } = trace.document;
        expect(optimizer.type).toBe('sgd');
        close(
          result,
          one.map((row, r) => row.map((entry, c) => entry - optimizer.lr * (other[r]?.[c] as number))),
        );
      } else if (equation.kind === 'weights' || equation.kind === 'inputs') close(result, product(one, other));
      else if (equation.kind === 'biases') close(result, product([one.map(() => 1)], one));
      // The chapter's loss and the cross entropies are written out; of another one it is told what it compares.
      else if (
        equation.kind === 'lossGradient' &&
        (trace.loss.type === 'half_squared_error' || hasProbabilities(trace))
      ) {
        const samples = hasProbabilities(trace) ? one.length : 1;
        close(
          result,
          one.map((row, r) => row.map((entry, c) => (entry - (other[r]?.[c] as number)) / samples)),
        );
      } else if (equation.kind === 'probabilities') {
        const exponentials = one.map((row) => row.map(Math.exp));
        close(
          result,
          exponentials.map((row) => row.map((entry) => entry / row.reduce((sum, each) => sum + each, 0))),
        );
      } else if (equation.kind === 'loss' && hasProbabilities(trace)) {
        const [truth, p] = [result, one];
        const terms = truth.flatMap((row, r) => row.map((y, c) => y * Math.log(p[r]?.[c] as number)));
        expect(-terms.reduce((sum, term) => sum + term, 0) / truth.length).toBeCloseTo(trace.loss.value, 12);
      }
    }
  });

  test('come in the order in which the step computes them', () => {
    const stages = trace.stages.map(({ layer, computes }) => `${layer} ${computes}`);
    const due = equations.map(({ kind, layer }) => {
      if (kind === 'probabilities') return stages.indexOf('loss probabilities');
      if (kind === 'loss') return stages.indexOf('loss loss');
      if (kind === 'lossGradient') return stages.indexOf('loss loss_gradient');
      const computes = {
        weights: 'parameter_gradients',
        biases: 'parameter_gradients',
        inputs: 'input_gradient',
        back: 'input_gradient',
        update: 'next',
      };
      return stages.indexOf(`${layer?.name} ${computes[kind as 'weights'] ?? 'output'}`);
    });
    expect(due).not.toContain(-1);
    expect(due).toEqual([...due].sort((a, b) => a - b));
  });
});

test('Law 1 has the inputs transposed, Law 2 the weights', () => {
  const named = (id: string) =>
    matricesOf(equationOf('two-layers', id)).map(({ name, transposed }) => [name, transposed]);
  expect(named('fc_2 forward')).toEqual([
    ['Ŷ', false],
    ['H^(1)', false],
    ['w^(2)', false],
    ['b^(2)', false],
  ]);
  expect(named('fc_2 weights')).toEqual([
    ['∂ℓ/∂w^(2)', false],
    ['H^(1)', true],
    ['∇^(2)', false],
  ]);
  expect(named('fc_2 inputs')).toEqual([
    ['∂ℓ/∂H^(1)', false],
    ['∇^(2)', false],
    ['w^(2)', true],
  ]);
  expect(named('relu_1 back')).toEqual([
    ['∇^(1)', false],
    ['∂ℓ/∂H^(1)', false],
    ['Z^(1)', false],
  ]);
});

test('layers on images have equations like any other', () => {
  const kinds = equationsOf(recorded('digits-cnn').trace).map(({ kind, layer }) => `${layer?.name ?? 'loss'} ${kind}`);
  expect(kinds.slice(0, 5)).toEqual([
    'conv_1 forward',
    'relu_1 activation',
    'max_pool_1 activation',
    'flatten_1 activation',
    'fc_1 forward',
  ]);
  expect(kinds).toContain('fc_1 weights');
});

const meetings = (trace: Trace, kind: string) =>
  equationsOf(trace)
    .find((one) => one.kind === kind)
    ?.parts.flatMap((part) => (part.kind === 'matrix' ? [`${part.matrix.name} ${part.meets}`] : []));

const written = (trace: Trace, id: string): string =>
  equationsOf(trace)
    .find((one) => one.id === id)
    ?.parts.map((part) => {
      if (part.kind === 'loss') return 'ℓ';
      return part.kind === 'matrix' ? part.matrix.name : markup(part.math).replace(/<[^>]+>/g, '');
    })
    .join(' ') ?? '';

test('the law of every loss is written out', () => {
  const { trace } = recorded('two-layers');
  const of = (type: string) => ({ ...trace, loss: { ...trace.loss, type } }) as Trace;
  expect(written(of('mean_squared_error'), 'loss')).toBe('ℓ = 1M∑( Ŷ − Y )2');
  expect(written(of('mean_squared_error'), 'loss gradient')).toBe('∇^(2) = 2M( Ŷ − Y )');
  expect(written(of('mean_absolute_error'), 'loss')).toBe('ℓ = 1M∑| Ŷ − Y |');
  expect(written(of('huber'), 'loss gradient')).toBe('∇^(2) = 1Mρ′( Ŷ − Y )');
  // One that the page does not know is told by what it compares.
  expect(written(of('hinge'), 'loss')).toBe('ℓ = L( Ŷ , Y )');
});

test('the update follows the rule of its optimizer', () => {
  const { trace } = recorded('two-layers');
  const of = (optimizer: object, frozen: string[] = []): Trace => {
    const remembered = { velocity: 'v_{0:}^(1)', mean: 'm_{0:}^(1)', square: 's_{0:}^(1)' };
    const words = Object.entries(remembered);
    const kept = words.map(([word]) => [`fc_1.w.${word}.next`, trace.tensors['fc_1.w']]);
    const tensors = { ...trace.tensors, ...Object.fromEntries(kept) };
    const named = words.map(([word, pattern]) => [`fc_1.w.${word}`, pattern]);
    const symbols = { ...trace.symbols, ...Object.fromEntries(named) };
    const [own, ...rest] = trace.document.layers;
    const document = { ...trace.document, optimizer, layers: [{ ...own, frozen }, ...rest] };
    return { ...trace, document, tensors, symbols } as unknown as Trace;
  };
  const update = (...of_: Parameters<typeof of>) => written(of(...of_), 'fc_1 w update');
  const w = 'w^(1,new) = w^(1)';
  expect(update({ type: 'sgd', lr: 0.1 })).toBe(`${w} − η ∂ℓ/∂w^(1)`);
  expect(update({ type: 'sgd', lr: 0.1, weight_decay: 0.1 })).toBe(`${w} − η ( ∂ℓ/∂w^(1) + λ w^(1) )`);
  expect(update({ type: 'sgd', lr: 0.1, momentum: 0.9 })).toBe(`${w} − η v^(1,new)`);
  expect(update({ type: 'sgd', lr: 0.1, momentum: 0.9, nesterov: true })).toBe(`${w} − η( ∂ℓ/∂w^(1) + μ v^(1,new) )`);
  expect(update({ type: 'rmsprop', lr: 0.1 })).toBe(`${w} − η ∂ℓ/∂w^(1) ⊘(√ s^(1,new) + ε)`);
  expect(update({ type: 'adam', lr: 0.1 })).toBe(`${w} − η1−β1t m^(1,new) ⊘(√( s^(1,new) /(1−β2t)) + ε)`);
  expect(update({ type: 'adamw', lr: 0.1, weight_decay: 0.1 })).toContain(`${w} − ηλ w^(1) − `);
  expect(update({ type: 'sgd', lr: 0.1 }, ['w'])).toBe(w);
});

test('a softmax is told row by row, and its gradient as a difference only where the targets are shares of one', () => {
  const { trace } = recorded('softmax-classifier');
  expect(meetings(trace, 'probabilities')).toEqual(['P cell', 'Ŷ row']);
  expect(meetings(trace, 'lossGradient')?.slice(1)).toEqual(['P cell', 'Y cell']);
  const y = outputOf(trace).map(() => [0.5, 0.2, 0.1]);
  const other = { ...trace, tensors: { ...trace.tensors, y } };
  expect(meetings(other, 'lossGradient')?.slice(1)).toEqual(['P cell', 'Y row']);
});

test('of a logistic function each probability is made of the score at its place', () => {
  const { trace } = recorded('softmax-classifier');
  const logistic = { ...trace, loss: { ...trace.loss, type: 'binary_cross_entropy' } } as Trace;
  expect(meetings(logistic, 'probabilities')).toEqual(['P cell', 'Ŷ cell']);
  expect(meetings(logistic, 'loss')).toEqual(['Y cell', 'P cell', 'Y cell', 'P cell']);
});
