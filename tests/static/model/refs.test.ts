import { describe, expect, test } from 'vitest';
import {
  baseOf,
  canonical,
  formatRef,
  gradientOf,
  nextOf,
  objectiveGradientOf,
  parseRef,
  symbolOf,
} from '@/model/refs';
import { recorded, SLUGS } from '../recorded';

describe('a ref', () => {
  test.each([
    'loss',
    'x[0,1]',
    'x.grad[0,1]',
    'fc_1.output.grad[2,0]',
    'fc_1.w.next[0,1]',
    'fc_1.one[0]',
    'conv_1.w[0,1,2,3]',
    'fc_1.w.velocity[0,1]',
    'fc_1.w.velocity.next[0,1]',
    'bn_1.normalized[2,0]',
    'lr',
  ])('%s is read and written back the same', (ref) => {
    const parsed = parseRef(ref);
    expect(parsed && formatRef(parsed)).toBe(ref);
  });

  test('leads to its gradient, its update and back', () => {
    expect(gradientOf('fc_1.w[0,1]')).toBe('fc_1.w.grad[0,1]');
    expect(nextOf('fc_1.b[1]')).toBe('fc_1.b.next[1]');
    expect(baseOf('x.grad[0,1]')).toBe('x[0,1]');
  });

  test('leads to the gradient of the objective where a penalty gives it another one', () => {
    const symbols = { 'fc_1.w': 'w', 'fc_1.w.objective_grad': '∂J/∂w', x: 'x' };
    expect(objectiveGradientOf({ symbols }, 'fc_1.w[0,1]')).toBe('fc_1.w.objective_grad[0,1]');
    expect(objectiveGradientOf({ symbols }, 'x[0,1]')).toBe('x.grad[0,1]');
    expect(objectiveGradientOf({ symbols: { 'fc_1.w': 'w' } }, 'fc_1.w[0,1]')).toBe('fc_1.w.grad[0,1]');
  });

  test('of a layer’s input is the ref of the tensor that is its input', () => {
    const layers = [
      { name: 'fc_1', inputs: ['x'] },
      { name: 'relu_1', inputs: ['fc_1.output'] },
    ];
    expect(canonical(layers, 'relu_1.input.grad[0,1]')).toBe('fc_1.output.grad[0,1]');
    expect(canonical(layers, 'fc_1.input[0,1]')).toBe('x[0,1]');
    expect(canonical(layers, 'fc_1.w[0,1]')).toBe('fc_1.w[0,1]');
  });

  test('that is invalid is refused', () => {
    for (const text of ['', 'fc 1', 'x[a]', 'x[0,]', '1.w[0]']) expect(parseRef(text)).toBeNull();
  });
});

test.each(SLUGS)('the page names every number of %s as the service does', (slug) => {
  const { trace, explanations } = recorded(slug);
  for (const { ref, symbol } of explanations) expect(symbolOf(trace, ref), ref).toBe(symbol);
});

test('a parameter after the update is marked, and indices of two digits are separated', () => {
  const trace = { ...recorded('two-layers').trace, symbols: { 'fc_1.w': 'w_{0:}^(1)', 'fc_1.w.count': 't(w)^(1)' } };
  expect(symbolOf(trace, 'fc_1.w.next[0,10]')).toBe('w_1,11^(1,new)');
  expect(symbolOf(trace, 'fc_1.w.grad[0,1]')).toBe('∂ℓ/∂w_12^(1)');
  expect(symbolOf(trace, 'fc_1.w.count.next[0]')).toBe('t(w)^(1,new)');
});

test('a bias node is named after its column', () => {
  const { trace } = recorded('two-layers');
  expect(symbolOf(trace, 'fc_1.one[0]')).toBe('x_0');
  expect(symbolOf(trace, 'fc_2.one[0]')).toBe('h_0^(1)');
});
