import { describe, expect, test } from 'vitest';
import type { Expression } from '@/api/types';
import { foldedIn, gatheredIn, runningTotal } from '@/inspector/sums';

const leaf = (value: number): Expression => ({ ref: `x[0,${value}]`, symbol: 'x_1', value });
const sum = (args: Expression[], folded?: { count: number; value: number }): Expression => ({
  op: 'sum',
  args,
  value: args.reduce((total, { value }) => total + value, folded?.value ?? 0),
  ...(folded ? { folded } : {}),
});

describe('a sum in a formula', () => {
  const half: Expression = { op: 'product', args: [{ number: 0.5, value: 0.5 }, sum([leaf(4), leaf(6)])], value: 5 };

  test('is found by how many terms it has, also within a product', () => {
    expect(gatheredIn(half, 2)?.terms.map(({ value }) => value)).toEqual([4, 6]);
    expect(gatheredIn(half, 3)).toBeNull();
  });

  test('has the terms of the sums within it, and counts those that are left out', () => {
    const nested = sum([sum([leaf(1), leaf(2)], { count: 5, value: 10 }), leaf(7)]);
    const gathered = gatheredIn(nested, 8);
    // After what is left out nobody knows what the terms before it come to one by one.
    expect(gathered?.terms.map(({ value }) => value)).toEqual([1, 2]);
    expect(foldedIn(nested)).toEqual({ count: 5, value: 10 });
    expect(foldedIn(half)).toBeNull();
  });

  test('comes to the sum of its first terms', () => {
    const gathered = gatheredIn(sum([leaf(1), leaf(2), leaf(4)]), 3);
    expect([1, 2, 3].map((done) => gathered && runningTotal(gathered, done))).toEqual([1, 3, 7]);
  });

  test('may be the largest of several instead', () => {
    const most: Expression = { op: 'call', function: 'max', args: [leaf(2), leaf(5), leaf(3)], value: 5 };
    const gathered = gatheredIn(most, 3);
    expect([1, 2, 3].map((done) => gathered && runningTotal(gathered, done))).toEqual([2, 5, 5]);
  });
});
