import { describe, expect, test } from 'vitest';
import type { EquationNode, Operand } from '@/api/questions';
import type { LayerTrace, Trace } from '@/api/types';
import { equationsOf, partsOf } from '@/matrices/equations';
import { matrixOf, refAt, valueIn } from '@/matrices/matrix';
import { valueAt } from '@/model/lookup';
import { IMAGE_SLUGS, LAYER_SLUGS, laws, recorded, SLUGS } from '../recorded';
import { equationOf, equationsIn, matricesOf, written } from './networks';

describe.each([...SLUGS, ...IMAGE_SLUGS, ...LAYER_SLUGS])('the equations of %s', (slug) => {
  const { trace } = recorded(slug);
  const equations = equationsIn(slug);

  test('show only numbers of the trace, each at its place, and 0 in the padding', () => {
    expect(equations.flatMap(matricesOf).length).toBeGreaterThan(6);
    for (const matrix of equations.flatMap(matricesOf)) {
      for (let row = 0; row < matrix.rows; row++) {
        for (let column = 0; column < matrix.columns; column++) {
          const ref = refAt(matrix, row, column);
          const due = ref === null ? 0 : valueAt(trace, ref);
          if (valueIn(matrix, row, column) !== due) expect(valueIn(matrix, row, column), `${ref}`).toBe(due);
        }
      }
    }
  });

  test('are in the order in which the step computes them', () => {
    const makers = trace.stages.map(({ results }) => new Set(results.map(({ name }) => name)));
    const due = equations.map((one) => {
      const [result] = one.parts;
      const tensor = result?.kind === 'matrix' ? result.matrix.tensor : 'loss';
      return makers.findIndex((names) => names.has(tensor));
    });
    expect(due).not.toContain(-1);
    expect(due).toEqual([...due].sort((a, b) => a - b));
  });
});

test('Law 1 has transposed inputs, Law 2 transposed weights', () => {
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

const lines = (slug: Parameters<typeof recorded>[0], ...ids: string[]) =>
  ids.map((id) => written(equationOf(slug, id)));

test('layers are written as in the literature', () => {
  expect(lines('two-layers', 'fc_1 forward', 'fc_1 biases', 'relu_1 forward', 'relu_1 back')).toEqual([
    'Z^(1) = X w^(1) + b^(1)',
    '∂ℓ/∂b^(1) = ∑n ∇^(1)',
    'H^(1) = ReLU Z^(1)',
    '∇^(1) = ∂ℓ/∂H^(1) ⊙ReLU′ Z^(1)',
  ]);
  expect(lines('convolution', 'conv_1 forward', 'conv_1 biases')).toEqual([
    'Ŷ = X w^(1) + b^(1)',
    '∂ℓ/∂b^(1) = ∑n,r,s ∇^(1)',
  ]);
  expect(lines('pools', 'avg_pool_1 forward', 'avg_pool_1 back', 'max_pool_1 forward', 'max_pool_1 back')).toEqual([
    'A^(0) = meani,j X',
    '∂ℓ/∂X = 14∑i,j ∂ℓ/∂A^(0)',
    'A′^(0) = maxi,j A^(0)',
    '∂ℓ/∂A^(0) = ∑chosen ∂ℓ/∂A′^(0)',
  ]);
  expect(lines('pools', 'flatten_1 forward', 'flatten_1 back')).toEqual([
    'H^(0) = Flatten A′^(0)',
    '∂ℓ/∂A′^(0) = Flatten−1 ∂ℓ/∂H^(0)',
  ]);
  expect(lines('normalized-rows', 'batch_norm_1 variance', 'batch_norm_1 normalized', 'batch_norm_1 output')).toEqual([
    'σ²^(1) = 1M∑n( X − μ^(1) )2',
    'x̂^(1) = ( X − μ^(1) )⊘√( σ²^(1) +ε)',
    'A^(1) = γ^(1) ⊙ x̂^(1) + β^(1)',
  ]);
  expect(lines('normalized-rows', 'softmax_1 forward', 'softmax_1 back')).toEqual([
    'Ŷ = softmax A′′^(2)',
    '∂ℓ/∂A′′^(2) = Ŷ ⊙( ∂ℓ/∂Ŷ − ∑k ∂ℓ/∂Ŷ ⊙ Ŷ )',
  ]);
});

const { trace } = recorded('two-layers');
const law = (name: string, id: string) =>
  written(
    equationsOf({ ...trace, symbols: laws()[name]?.symbols ?? {} }, laws()[name]?.equations ?? []).find(
      (one) => one.id === id,
    ) ?? { parts: [] },
  );

test('the law of every loss is written out', () => {
  expect(lines('two-layers', 'loss', 'loss gradient')).toEqual(['ℓ = 12∑( Ŷ − Y )2', '∇^(2) = Ŷ − Y']);
  expect(law('mean_squared_error', 'loss')).toBe('ℓ = 1M∑( Ŷ − Y )2');
  expect(law('mean_squared_error', 'loss gradient')).toBe('∇^(2) = 2M( Ŷ − Y )');
  expect(law('mean_absolute_error', 'loss')).toBe('ℓ = 1M∑| Ŷ − Y |');
  expect(law('huber', 'loss gradient')).toBe('∇^(2) = 1Mρ′( Ŷ − Y )');
  expect(law('binary_cross_entropy', 'probabilities')).toBe('P = σ Ŷ');
  expect(law('binary_cross_entropy', 'loss')).toBe('ℓ = −1N∑( Y ⊙log P + (1− Y )⊙log(1− P ))');
  expect(lines('softmax-classifier', 'loss', 'loss gradient')).toEqual(['ℓ = −1N∑ Y ⊙log P', '∇^(1) = 1N( P − Y )']);
  // τ smooths and weights the targets.
  expect(law('class weights', 'loss gradient')).toBe('∇^(2) = 1C( P ⊙∑kτ Y − τ Y )');
  expect(law('output weights', 'loss gradient')).toBe('∇^(2) = 1N( P ⊙(1− Y + τ Y ) − τ Y )');
  // These targets do not sum to 1.
  expect(law('softmax_cross_entropy', 'loss gradient')).toBe('∇^(2) = 1N( P ⊙∑k Y − Y )');
});

test('the update follows the rule of its optimizer', () => {
  const update = (name: string) => law(name, 'fc_1 w update');
  const w = 'w^(1,new) = w^(1)';
  expect(lines('two-layers', 'fc_1 w update')).toEqual([`${w} − η ∂ℓ/∂w^(1)`]);
  expect(update('decay')).toBe(`${w} − η( ∂ℓ/∂w^(1) + λ w^(1) )`);
  expect(update('momentum')).toBe(`${w} − η v^(1,new)`);
  expect(update('nesterov')).toBe(`${w} − η( ∂ℓ/∂w^(1) + μ v^(1,new) )`);
  expect(update('norm')).toBe(`${w} − ηcG ∂ℓ/∂w^(1)`);
  expect(update('value')).toBe(`${w} − ηclip( ∂ℓ/∂w^(1) ,c)`);
  expect(update('rmsprop')).toBe(`${w} − η ∂ℓ/∂w^(1) ⊘(√ s^(1,new) +ε)`);
  expect(update('adagrad')).toBe(`${w} − η ∂ℓ/∂w^(1) ⊘(√ s^(1,new) +ε)`);
  expect(update('adam')).toBe(`${w} − η1−β1t m^(1,new) ⊘(√( s^(1,new) /(1−β2t))+ε)`);
  expect(update('adamw')).toContain(`${w} − ηλ w^(1) − `);
  const remembered = (name: string) =>
    ['velocity', 'mean', 'square', 'sum'].flatMap((word) => {
      const id = `fc_1 w ${word}`;
      return laws()[name]?.equations.some((one) => one.id === id) ? [law(name, id)] : [];
    });
  expect(remembered('decay')).toEqual([]);
  expect(remembered('momentum')).toEqual(['v^(1,new) = ∂ℓ/∂w^(1)']);
  expect(remembered('rmsprop')).toEqual(['s^(1,new) = (1−α)( ∂ℓ/∂w^(1) )2']);
  expect(remembered('adagrad')).toEqual(['s^(1,new) = ( ∂ℓ/∂w^(1) )2']);
  expect(remembered('adam')).toEqual(['m^(1,new) = (1−β1) ∂ℓ/∂w^(1)', 's^(1,new) = (1−β2)( ∂ℓ/∂w^(1) )2']);
});

test('a layer that the page does not know is written by its description from the service', () => {
  const layer = { ...trace.layers[1], type: 'LogSigmoid', symbol: null } as LayerTrace;
  const operand = (tensor: string): Operand => ({
    ...{ tensor, axes: ['n', 'k'], rows: 'n', columns: 'k', meets: 'nk', transposed: false, turned: false },
  });
  const [z, h] = [operand('fc_1.output'), operand('relu_1.output')];
  const node = (of: object): EquationNode =>
    ({ over: '', function: null, variant: 'plain', chosen: false, ...of }) as EquationNode;
  const set = (left: Operand, right: EquationNode) =>
    written({ parts: partsOf(left, right, layer, (one) => matrixOf(trace as Trace, one, { n: 1, k: 2 })) });
  expect(set(h, node({ op: 'call', function: 'LogSigmoid', args: [z] }))).toBe('H^(1) = LogSigmoid Z^(1)');
  const back = node({ op: 'chain', over: 'k', args: [operand('relu_1.output.grad'), h, z] });
  expect(set(operand('fc_1.output.grad'), back)).toBe('∇^(1) = ∑k ∂ℓ/∂H^(1) ⊙∂H(1)/∂Z(1)');
});
