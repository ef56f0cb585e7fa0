import { expect, test } from 'vitest';
import { fieldsOf, fresh, type Kind, type LayerKind, numbersOf } from '@/model/layer-settings';

const kind = (type: string, parameters: [string, boolean, Record<string, unknown>][]): Kind => ({
  type,
  title: type,
  description: '',
  parameters: parameters.map(([name, required, schema]) => ({ name, required, schema })),
});
const withNumbers = (numbers: string[], ...[type, parameters]: Parameters<typeof kind>): LayerKind => ({
  ...kind(type, parameters),
  numbers: numbers.map((name) => ({ name, symbol: name })),
});
const matrix = { type: 'array', items: { type: 'array', items: { type: 'number' } } };

const LINEAR = withNumbers(['w'], 'Linear', [
  ['name', false, { anyOf: [{ type: 'string' }, { type: 'null' }] }],
  ['output_dim', true, { type: 'integer', minimum: 1, maximum: 4096 }],
  ['initialiser', false, { enum: ['library_uniform', 'he_normal'], default: 'library_uniform', type: 'string' }],
  ['w', false, { anyOf: [matrix, { type: 'null' }] }],
]);

test('a form has a field for every setting, and none for weights, names and constants', () => {
  expect(fieldsOf(LINEAR).map(({ name, kind }) => [name, kind])).toEqual([
    ['output_dim', 'integer'],
    ['initialiser', 'choice'],
  ]);
  expect(fieldsOf(LINEAR)[0]).toMatchObject({ least: 1, most: 4096, required: true, openAbove: false });
  expect(fieldsOf(kind('Softmax', [['axis', false, { const: 1, type: 'integer' }]]))).toEqual([]);
  expect(fieldsOf(undefined)).toEqual([]);
});

test('the catalog defines which fields of a layer are tensors, by any name', () => {
  const numbers = ['slope', 'anything'];
  const own = withNumbers(
    numbers,
    'Own',
    [...numbers, 'width'].map((name) => [name, false, { type: 'number' }]),
  );
  expect(fieldsOf(own).map(({ name }) => name)).toEqual(['width']);
  expect(numbersOf({ layers: [LINEAR, own] }, 'Own')).toEqual(numbers);
  expect(numbersOf({ layers: [LINEAR, own] }, 'Other')).toEqual([]);
  expect(numbersOf(null, 'Own')).toEqual([]);
});

test('limits, pairs, windows, switches and optional settings are known', () => {
  const share = { type: 'number', minimum: 0, exclusiveMaximum: 1 };
  const side = { type: 'integer', minimum: 1, maximum: 32 };
  const fields = fieldsOf(
    kind('any', [
      ['probability', true, share],
      ['betas', false, { type: 'array', items: share, minItems: 2, maxItems: 2, default: [0.9, 0.999] }],
      ['size', true, { oneOf: [side, { type: 'array', items: side, minItems: 2, maxItems: 2 }] }],
      ['momentum', false, { anyOf: [{ type: 'number', minimum: 0 }, { type: 'null' }], default: null }],
      ['nesterov', false, { type: 'boolean', default: false }],
      ['weight', false, { anyOf: [{ type: 'array', items: { ...side, type: 'number' } }, { type: 'null' }] }],
      ['state', false, { type: 'object' }],
    ]),
  );
  expect(fields.map(({ name, kind, optional, most }) => [name, kind, optional, most])).toEqual([
    ['probability', 'number', false, 1],
    ['betas', 'pair', false, 1],
    ['size', 'sides', false, 32],
    ['momentum', 'number', true, Number.POSITIVE_INFINITY],
    ['nesterov', 'boolean', false, Number.POSITIVE_INFINITY],
    ['weight', 'list', true, 32],
  ]);
  expect(fields[0]?.openAbove).toBe(true);
});

test('a new layer has its required settings, and the requested width', () => {
  expect(fresh(LINEAR, 3)).toEqual({ type: 'Linear', output_dim: 3 });
  expect(fresh(kind('Pool', [['size', true, { type: 'integer' }]]))).toEqual({ type: 'Pool', size: 2 });
});
