import { expect, test } from 'vitest';
import type { Change } from '@/model/revise';
import { changeTitleOf } from '@/state/buildActions';
import { recorded } from '../recorded';

const { document } = recorded('two-layers').trace;

test.each([
  [{ kind: 'add', at: 0, layer: { type: 'ReLu' } }, 'ReLU added'],
  [{ kind: 'remove', at: 1 }, 'relu_1 removed'],
  [{ kind: 'remove', at: 0, count: 2 }, 'fc_1, relu_1 removed'],
  [{ kind: 'move', from: 1, to: 0 }, 'relu_1 is now layer 1 of 3'],
  [{ kind: 'set', at: 0, field: 'output_dim', value: 3 }, 'Width of fc_1: 3'],
  [{ kind: 'set', at: 0, field: 'bias', value: false }, 'Removed the bias of fc_1'],
  [{ kind: 'set', at: 0, field: 'bias', value: true }, 'Added a bias to fc_1'],
  [{ kind: 'freeze', at: 0, part: 'w', frozen: true }, 'Froze the weights of fc_1'],
  [{ kind: 'freeze', at: 0, part: 'b', frozen: false }, 'Unfroze the biases of fc_1'],
  [{ kind: 'become', at: 1, layer: { type: 'Tanh' } }, 'relu_1 replaced by tanh'],
  [{ kind: 'draw', at: 2 }, 'new weights drawn for fc_2'],
  [{ kind: 'draw' }, 'new weights drawn from seed 0'],
  [{ kind: 'draw', seed: 3 }, 'new weights drawn from seed 3'],
  [{ kind: 'seed', seed: 4 }, 'Seed 4'],
  [{ kind: 'rule', rule: 'he_normal', types: [] }, 'Weights drawn again: He, normal'],
] as [Change, string][])('%j has a name', (change, title) => {
  expect(changeTitleOf(document, change).title).toBe(title);
});

test('consecutive values of one field belong together', () => {
  const gesture = (value: number) =>
    changeTitleOf(document, { kind: 'set', at: 0, field: 'output_dim', value }).gesture;
  expect(gesture(3)).toBe(gesture(4));
});
