import { expect, test } from 'vitest';
import { chosen, equationsOf, layersIn } from '@/matrices/equations';
import { recorded } from '../recorded';
import { equationsIn } from './networks';

const equations = equationsIn('two-layers');
const ids = (...choice: [Parameters<typeof chosen>[1], string | null]) =>
  chosen(equations, ...choice).map(({ id }) => id);

test('all laws of the step are shown, or a single one', () => {
  expect(ids('all', null)).toEqual(equations.map(({ id }) => id));
  expect(ids('forward', null)).toEqual(['fc_1 forward', 'relu_1 forward', 'fc_2 forward', 'loss']);
  expect(ids('weights', null)).toEqual(['fc_2 weights', 'fc_2 biases', 'fc_1 weights', 'fc_1 biases']);
  expect(ids('update', null)).toEqual(['fc_1 w update', 'fc_1 b update', 'fc_2 w update', 'fc_2 b update']);
  expect(ids('inputs', null)).toEqual(['loss gradient', 'fc_2 inputs', 'relu_1 back', 'fc_1 inputs']);
});

test('a single layer is shown', () => {
  expect(layersIn(equations)).toEqual(['fc_1', 'relu_1', 'fc_2']);
  expect(ids('all', 'fc_2')).toEqual([
    'fc_2 forward',
    'fc_2 weights',
    'fc_2 biases',
    'fc_2 inputs',
    'fc_2 w update',
    'fc_2 b update',
  ]);
  expect(ids('inputs', 'relu_1')).toEqual(['relu_1 back']);
});

test('matrices that are too large are reported for every law', () => {
  const { trace, equations } = recorded('digits-cnn');
  // As if the windows are too many for the answer.
  const title = { key: 'title.equation.too_large', refs: {}, values: {} };
  const omitted = equations.map((one) =>
    one.id === 'max_pool_1 forward' ? { ...one, title, left: null, right: null } : one,
  );
  for (const law of ['all', 'forward', 'weights', 'inputs'] as const) {
    const found = chosen(equationsOf(trace, omitted), law, 'max_pool_1');
    expect(found.map((one) => one.title)).toContain(title);
  }
});
