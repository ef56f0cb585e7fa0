import { describe, expect, test } from 'vitest';
import type { TraceNode } from '@/api/types';
import { numbersOf } from '@/diagram/numbers';
import { recorded } from '../recorded';

const node = recorded('two-layers').trace.nodes?.find(({ pre }) => pre !== null) as TraceNode;

describe('a node', () => {
  test('shows its known numbers', () => {
    const known = new Set([node.pre?.ref, node.ref]);
    const numbers = numbersOf(node, (ref) => known.has(ref), null);
    expect(numbers).toMatchObject({ pre: node.pre?.value, value: node.value, gradient: null, growing: null });
  });

  test('shows a partial sum in place of its number, and the fraction that is done', () => {
    const sum = { ref: node.pre?.ref ?? '', sofar: 0.25, done: 2, terms: 3 };
    expect(numbersOf(node, () => false, sum)).toMatchObject({ pre: 0.25, growing: 'pre', share: 2 / 3, value: null });
  });

  test('shows the number itself once it is known', () => {
    const sum = { ref: node.ref, sofar: 0.25, done: 3, terms: 3 };
    expect(numbersOf(node, () => true, sum)).toMatchObject({ value: node.value, growing: null });
  });
});
