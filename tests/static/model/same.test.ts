import { expect, test } from 'vitest';
import { same, within } from '@/model/json';

test('trees are equal in any order of their keys', () => {
  expect(same({ a: [1, { b: null }], c: 'x' }, { c: 'x', a: [1, { b: null }] })).toBe(true);
});

test('a number differs in its last bit, and zero in its sign', () => {
  expect(same([0.1 + 0.2], [0.3])).toBe(false);
  expect(same([0], [-0])).toBe(false);
  expect(same([Number.NaN], [Number.NaN])).toBe(true);
});

test('trees with missing, additional or different entries are not equal', () => {
  expect(same({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(same([1], [1, 2])).toBe(false);
  expect(same([], {})).toBe(false);
  expect(same({ toString: 1 }, { valueOf: 1 })).toBe(false);
});

test('a document is contained in the same document with defaults', () => {
  const given = { layers: [{ type: 'Linear', w: [[1]] }] };
  expect(within(given, { seed: 0, layers: [{ type: 'Linear', name: 'fc_1', w: [[1]] }] })).toBe(true);
  expect(within(given, { seed: 0, layers: [{ type: 'Linear', name: 'fc_1', w: [[2]] }] })).toBe(false);
  expect(within(given, { layers: [{ type: 'Linear', w: [[1]] }, { type: 'ReLu' }] })).toBe(false);
});
