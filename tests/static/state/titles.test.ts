import { expect, test } from 'vitest';
import type { Catalog } from '@/api/types';
import { inWords } from '@/maths/sentences';
import { editTitle } from '@/state/network';
import { recorded } from '../recorded';

const { trace } = recorded('two-layers');
const NAMES = { trace, catalog: null };
const title = (pointer: string, value: unknown) => inWords(editTitle(NAMES, trace.document, pointer, value));

test('an edit is named by its symbol, with the number before and after', () => {
  expect(editTitle(NAMES, trace.document, '/layers/0/w/0/1', 0.35)).toEqual([
    '',
    { symbol: 'w_12^(1)', ref: 'fc_1.w[0,1]' },
    ' ',
    { value: 0.25, ref: null },
    ' → ',
    { value: 0.35, ref: null },
    '',
  ]);
  expect(title('/x/0/1', -1)).toMatch(/^x 2 .* → −1$/);
  expect(title('/y/0/0', 1)).toMatch(/^y 1 .* → 1$/);
});

test('settings are named by their labels', () => {
  expect(title('/optimizer/lr', 0.5)).toBe('learning rate 0.1 → 0.5');
  expect(title('/loss', { type: 'huber' })).toBe('loss half_squared_error → huber');
  expect(title('/optimizer', { type: 'adam', lr: 0.5 })).toBe('optimizer sgd → adam');
  expect(title('/optimizer/momentum', 0.9)).toMatch(/^optimizer: momentum .* → 0.9$/);
  expect(title('/seed', 7)).toBe('seed 0 → 7');
});

test('an option of a menu is named as in the menu', () => {
  const catalog = { losses: [{ type: 'huber', title: 'Huber' }], optimizers: [] } as unknown as Catalog;
  const told = editTitle({ trace, catalog }, trace.document, '/loss', { type: 'huber' });
  expect(inWords(told)).toBe('loss half_squared_error → Huber');
});

test('a replaced tensor is named without its numbers', () => {
  expect(title('/layers/0/w', [[1]])).toBe('all of w of fc_1 set');
  expect(title('/x', [[1, 2]])).toBe('inputs set');
  expect(title('/y', [[1, 2]])).toBe('targets set');
  expect(title('/layers/1', { type: 'ReLu' })).toMatch(/^layer \w+ changed$/);
});

test('a layer that the trace does not have yet is named by its ref', () => {
  const layers = [...trace.document.layers, { type: 'Linear', name: 'fc_9', output_dim: 1, w: [[1]], b: [0] } as const];
  const document = { ...trace.document, layers } as typeof trace.document;
  const place = layers.length - 1;
  expect(inWords(editTitle(NAMES, document, `/layers/${place}/w/0/0`, 2))).toBe('fc_9.w[0,0] 1 → 2');
});

test('a class has the name of its sample', () => {
  const document = { ...trace.document, y: [2] };
  expect(inWords(editTitle(NAMES, document, '/y/0', 0))).toBe('class of sample 1 2 → 0');
});
