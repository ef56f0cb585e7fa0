import { expect, test } from 'vitest';
import { chosen, equationsOf, layersIn } from '@/matrices/equations';
import { recorded } from '../recorded';
import { equationsIn } from './networks';

const equations = equationsIn('two-layers');
const ids = (...choice: [Parameters<typeof chosen>[1], string | null]) =>
  chosen(equations, ...choice).map(({ id }) => id);

test('all of the step is shown, or one law of it', () => {
  expect(ids('all', null)).toEqual(equations.map(({ id }) => id));
  expect(ids('forward', null)).toEqual(['fc_1 forward', 'relu_1 forward', 'fc_2 forward', 'loss']);
  expect(ids('weights', null)).toEqual(['fc_2 weights', 'fc_2 biases', 'fc_1 weights', 'fc_1 biases']);
  expect(ids('update', null)).toEqual(['fc_1 w update', 'fc_1 b update', 'fc_2 w update', 'fc_2 b update']);
  expect(ids('inputs', null)).toEqual(['loss gradient', 'fc_2 inputs', 'relu_1 back', 'fc_1 inputs']);
});

test('one layer is shown alone', () => {
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

test('that matrices are too large is said with every law', () => {
  const { trace, equations } = recorded('digits-cnn');
  // As where the service has no room to tell where windows lie.
  const title = { key: 'title.equation.too_large', refs: {}, values: {} };
  const omitted = equations.map((one) =>
    one.id === 'max_pool_1 forward' ? { ...one, title, left: null, right: null } : one,
  );
  for (const law of ['all', 'forward', 'weights', 'inputs'] as const) {
    const found = chosen(equationsOf(trace, omitted), law, 'max_pool_1');
    expect(found.map((one) => one.title)).toContain(title);
  }
});
