import { describe, expect, test } from 'vitest';
import type { Expression } from '@/api/types';
import { pieces } from '@/maths/breaking';
import { markup } from '@/maths/markup';
import { parseQuotient, parseSymbol } from '@/maths/symbol';
import { valueAt } from '@/model/lookup';
import { productOf } from '@/model/product';
import { recorded, SLUGS } from '../recorded';

const understood = (symbol: string): boolean => (parseSymbol(symbol) ?? parseQuotient(symbol)) !== null;

function marked(expression: Expression): Expression[] {
  const within = 'args' in expression ? expression.args.flatMap(marked) : [];
  return expression.role ? [expression, ...within] : within;
}

describe.each(SLUGS)('the notations of the service in %s', (slug) => {
  const { trace, forms } = recorded(slug);
  const of = (notation: string) => forms.filter((form) => form.notation === notation);

  test('exist for every law', () => {
    for (const notation of ['chain', 'matrix', 'paths']) expect(of(notation).length).toBeGreaterThan(2);
  });

  test('by the chain rule name each factor with a derivative that can be typeset', () => {
    for (const { expression, ref } of of('chain')) {
      const factors = marked(expression);
      expect(factors.length, ref).toBeGreaterThan(1);
      for (const { derivative } of factors) expect(understood(derivative ?? ''), derivative ?? ref).toBe(true);
      const text = pieces(expression, 'derivatives').map(markup).join('');
      expect(text).not.toMatch(/undefined|NaN/);
    }
  });

  test('as matrices have the numbers of the trace, whose product is the number', () => {
    for (const form of of('matrix')) {
      if (!form.matrix) continue;
      const { left, right, result } = productOf(trace, form.matrix, form);
      for (const cell of [...left, ...right, ...result].flat()) {
        if (cell?.ref) expect(cell.value, cell.ref).toBe(valueAt(trace, cell.ref));
      }
      expect(
        result
          .flat()
          .filter((cell) => cell?.lit)
          .map((cell) => cell?.value),
      ).toEqual([form.value]);
      expect(understood(form.matrix.left.symbol.replace('ᵀ', ''))).toBe(true);
    }
  });

  test('as paths add up to the number, each with its factors', () => {
    for (const { paths, value, ref } of of('paths')) {
      const total = paths?.items.reduce((sum, path) => sum + path.value, paths.remainder) ?? Number.NaN;
      expect(total, ref).toBeCloseTo(value, 10);
      for (const path of paths?.items ?? []) {
        const product = path.factors.reduce((running, factor) => running * factor.value, 1);
        expect(product).toBeCloseTo(path.value, 10);
        expect(path.running.length).toBe(path.factors.length);
        for (const { symbol } of path.factors) expect(understood(symbol), symbol).toBe(true);
      }
    }
  });
});
