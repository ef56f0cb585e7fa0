import { expect, test } from 'vitest';
import type { TraceNode } from '@/api/types';
import { facesOf, type NodeNumbers } from '@/diagram/numbers';
import type { Faces } from '@/model/plan';
import { recorded } from '../recorded';

const nodes = recorded('two-layers').trace.nodes as TraceNode[];
const hidden = nodes.find(({ pre }) => pre) as TraceNode;
const bias = nodes.find(({ role }) => role === 'bias') as TraceNode;
const ALL: NodeNumbers = { value: 1, gradient: 2, pre: 3, preGradient: 4, growing: null, share: 0 };
const faces = (some: Partial<Faces>): Faces => ({
  least: 13,
  size: 13,
  line: 16,
  lines: 2,
  inside: true,
  pair: true,
  width: 200,
  far: false,
  complete: true,
  ...some,
});
const kinds = (some: Partial<Faces>, numbers: Partial<NodeNumbers> = {}, node = hidden) =>
  facesOf(node, { ...ALL, ...numbers }, 'both', faces(some)).map(({ kind, inside }) => (inside ? `(${kind})` : kind));

test('of the numbers those with room are shown, the value first', () => {
  expect(kinds({})).toEqual(['(value)', 'gradient', 'pre', 'preGradient']);
  expect(kinds({ pair: false })).toEqual(['(value)', 'gradient', 'pre']);
  expect(kinds({ inside: false, pair: false, lines: 4 })).toEqual(['value', 'gradient', 'pre', 'preGradient']);
  expect(kinds({ inside: false, lines: 1 })).toEqual(['value']);
  expect(kinds({ lines: 0 })).toEqual(['(value)']);
  expect(kinds({ far: true })).toEqual([]);
});

test('a number that is being summed has priority', () => {
  expect(kinds({ lines: 0 }, { value: null, growing: 'pre' })).toEqual(['(pre)']);
  expect(kinds({ inside: false, lines: 2 }, { preGradient: 4, growing: 'preGradient' })).toEqual([
    'value',
    'preGradient',
  ]);
  expect(kinds({ lines: 0 }, { growing: 'value' })).toEqual(['(value)']);
});

test('nothing moves when a number becomes known: its place is reserved', () => {
  const places = (numbers: Partial<NodeNumbers>) =>
    new Map(facesOf(hidden, { ...ALL, ...numbers }, 'both', faces({})).map(({ kind, x, y }) => [kind, `${x} ${y}`]));
  const all = places({});
  for (const missing of ['value', 'gradient', 'pre', 'preGradient'] as const) {
    for (const [kind, place] of places({ [missing]: null })) expect(place).toBe(all.get(kind));
  }
});

test('the constant of a bias has no derivative beneath it, unless gradients are shown', () => {
  expect(kinds({}, {}, bias)).not.toContain('gradient');
  expect(facesOf(bias, ALL, 'gradient', faces({})).map(({ kind }) => kind)).toContain('gradient');
});
