import { describe, expect, test } from 'vitest';
import { gatheredTerms } from '@/maps/CloseUp';
import type { MathNode } from '@/maths/markup';
import { typeset } from '@/maths/typeset';
import { explanation, IMAGE_SLUGS, recorded } from '../recorded';

test('the terms of the example are its four products and the bias, and add up to 37', () => {
  const gathered = gatheredTerms(explanation('convolution', 'conv_1.output[0,0,0,0]'));
  expect(gathered?.terms.map(({ value }) => value)).toEqual([1, 4, 12, 20, 0]);
  expect(gathered?.terms.map(({ running }) => running)).toEqual([1, 5, 17, 37, 37]);
  expect(gathered?.terms[2]?.factors.map(({ ref }) => ref)).toEqual(['x[0,0,1,0]', 'conv_1.w[0,0,1,0]']);
});

test('a maximum has the running maximum', () => {
  const gathered = gatheredTerms(explanation('digits-cnn', 'max_pool_1.output[0,0,0,0]'));
  expect(gathered?.kind).toBe('max');
  expect(gathered?.terms).toHaveLength(4);
});

test('the operation on the numbers of a term is named if it is not a product', () => {
  const gathered = gatheredTerms(explanation('convolution', 'loss'));
  const [first] = gathered?.terms ?? [];
  expect(first?.factors.map(({ value }) => value)).toEqual([37, 40]);
  expect(first?.value).toBe(9);
  expect(first?.formula && textOf(typeset(first.formula, 'numbers'))).toBe('(37−40)2');
  for (const slug of IMAGE_SLUGS) {
    for (const { terms } of recorded(slug).explanations.flatMap((answer) => gatheredTerms(answer) ?? [])) {
      for (const { factors, formula, value } of terms) {
        const product = factors.reduce((so, factor) => so * factor.value, 1);
        if (formula === null) expect(product).toBeCloseTo(value, 10);
        else expect(formula.value).toBe(value);
      }
    }
  }
});

describe.each(IMAGE_SLUGS)('in %s', (slug) => {
  test('complete terms add up to the number itself', () => {
    const sums = recorded(slug).explanations.flatMap((answer) => {
      const gathered = gatheredTerms(answer);
      return gathered?.whole && gathered.left === 0 ? [{ answer, gathered }] : [];
    });
    expect(sums.length).toBeGreaterThan(1);
    for (const { answer, gathered } of sums) {
      expect(gathered.terms.at(-1)?.running, answer.ref).toBe(answer.value);
      const added = gathered.terms.reduce((sum, { value }) => sum + value, 0);
      if (gathered.kind === 'sum') expect(added, answer.ref).toBeCloseTo(answer.value, 10);
    }
  });
});

test('a single operation has no terms', () => {
  expect(gatheredTerms(explanation('digits-cnn', 'flatten_1.output[0,0]'))).toBeNull();
});

const textOf = (node: MathNode): string => (typeof node === 'string' ? node : node.children.map(textOf).join(''));
