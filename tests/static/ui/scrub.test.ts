import { describe, expect, test } from 'vitest';
import { moved, pressed, stepOf } from '@/ui/scrub';

describe('a step', () => {
  test.each([
    [0.15, 0.01],
    [-5, 0.01],
    [0, 0.01],
    [12, 0.1],
    [0.05, 0.001],
    [0.001, 0.0001],
    [1e-8, 1e-9],
  ])('from %d is %d', (value, step) => {
    expect(stepOf(value, false)).toBeCloseTo(step, 15);
    expect(stepOf(value, false, 'fine') / step).toBeCloseTo(0.1, 12);
    expect(stepOf(value, false, 'coarse') / step).toBeCloseTo(10, 12);
  });

  test('of a whole number is 1, and never less', () => {
    expect(['fine', 'usual', 'coarse'].map((one) => stepOf(7, true, one as 'fine'))).toEqual([1, 1, 10]);
  });
});

describe('moving a number', () => {
  test('gives short decimals in spite of binary fractions', () => {
    expect(moved(0.15, 15, 0.01)).toBe(0.3);
    expect(moved(0.1, 2, 0.1)).toBe(0.3);
    expect(moved(1 / 3, 1, 0.01)).toBe(0.34);
    expect(moved(1e-8, 1, 1e-9)).toBe(1.1e-8);
  });

  test('by 0 keeps every digit', () => {
    expect(moved(1 / 3, 0, 0.01)).toBe(1 / 3);
  });

  test('stops at a bound, and before an excluded one', () => {
    expect(moved(0.05, -100, 0.01, { least: 0 })).toBe(0);
    expect(moved(3, -10, 1, { least: 1 })).toBe(1);
    expect(moved(0.9, 100, 0.01, { most: 1, openAbove: true })).toBe(0.99);
    expect(moved(0.999, 1, 0.01, { most: 1, openAbove: true })).toBe(0.999);
    expect(moved(0.02, -100, 0.01, { least: 0, openBelow: true })).toBe(0.01);
    expect(Object.is(moved(0.01, -1, 0.01), 0)).toBe(true);
  });
});

test('the keys up and down move by one step, with Shift by a fine and with Page or Alt by a coarse one', () => {
  const key = (name: string, held = {}) =>
    pressed({ key: name, shiftKey: false, altKey: false, ctrlKey: false, ...held });
  expect(key('ArrowUp')).toEqual({ steps: 1, stride: 'usual' });
  expect(key('ArrowDown', { shiftKey: true })).toEqual({ steps: -1, stride: 'fine' });
  expect(key('ArrowDown', { altKey: true })).toEqual({ steps: -1, stride: 'coarse' });
  expect(key('PageUp')).toEqual({ steps: 1, stride: 'coarse' });
  expect(key('ArrowLeft')).toBeNull();
});
