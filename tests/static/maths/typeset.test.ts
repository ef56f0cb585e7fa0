import { describe, expect, test } from 'vitest';
import type { Explanation, Expression } from '@/api/types';
import { pieces } from '@/maths/breaking';
import { type MathElement, markup } from '@/maths/markup';
import { type Face, typeset } from '@/maths/typeset';
import { explanation, recorded, SLUGS } from '../recorded';

/** The formula as displayed: the text of its elements. */
const read = (expression: Expression, face: Face): string =>
  pieces(expression, face)
    .map((piece) => markup(piece).replace(/<[^>]+>/g, ''))
    .join(' ');

/** Whether all elements are closed in the right order, and no text in them is parsed as markup. */
function isWellFormed(text: string): boolean {
  const open: string[] = [];
  const rest = text.replace(/<(\/?)([a-z]+)(?: [a-z-]+="[^"<]*")*>/g, (_, end, tag) => {
    if (!end) open.push(tag);
    else if (open.pop() !== tag) open.push('never closed');
    return '';
  });
  return open.length === 0 && !/<|&(?!amp;|lt;)/.test(rest);
}

function refsIn(expression: Expression): string[] {
  if ('ref' in expression) return [expression.ref];
  if ('number' in expression) return [];
  const parts = expression.op === 'choice' ? expression.cases.map(({ value }) => value) : expression.args;
  return parts.flatMap(refsIn);
}

const leaf = (symbol: string, value: number): Expression => ({ ref: 'x[0,0]', symbol, value });
const op = (name: string, ...args: Expression[]) => ({ op: name, args, value: 0 }) as Expression;

describe('a formula', () => {
  test('is typeset in symbols and with its numbers', () => {
    const { expression } = explanation('chapter', 'fc_1.output[0,0]');
    expect(read(expression, 'symbols')).toBe('x1·w11(1) +x2·w21(1) +b1(1)');
    expect(read(expression, 'numbers')).toBe('0.1·0.15 +0.5·0.25 +0.35');
  });

  test('writes numerically stable functions by their names', () => {
    const call = (name: 'expm1' | 'log1p'): Expression =>
      ({ op: 'call', function: name, args: [leaf('z_1', 2)], value: 1 }) as Expression;
    expect(read(call('expm1'), 'symbols')).toBe('(ez1−1)');
    expect(read(call('log1p'), 'symbols')).toBe('log(1+z1)');
  });

  test('breaks between the numbers that a function chooses from', () => {
    const window = ['z_1', 'z_2', 'z_3', 'z_4'].map((symbol, place) => leaf(symbol, place - 1));
    const largest = { op: 'call', function: 'max', args: window, value: 2 } as Expression;
    expect(read(largest, 'symbols')).toBe('max(z1, z2, z3, z4)');
    expect(read(largest, 'numbers')).toBe('max(−1, 0, 1, 2)');
  });

  test('puts negative numbers in parentheses unless they come first', () => {
    const negative = leaf('w_1', -0.3);
    expect(read(op('product', negative, negative), 'numbers')).toBe('−0.3·(−0.3)');
    expect(read(op('sum', op('product', negative, leaf('x_1', 2)), op('product', negative, negative)), 'numbers')).toBe(
      '−0.3·2 +(−0.3)·(−0.3)',
    );
    expect(read(op('difference', leaf('x_1', 1), negative), 'numbers')).toBe('1 −(−0.3)');
  });

  test('puts sums in parentheses inside products and differences', () => {
    const sum = op('sum', leaf('x_1', 1), leaf('x_2', 2));
    expect(read(op('product', leaf('w_1', 3), sum), 'symbols')).toBe('w1·(x1 +x2)');
    expect(read(op('difference', leaf('w_1', 3), sum), 'symbols')).toBe('w1 −(x1+x2)');
    expect(
      read(op('power', op('difference', leaf('x_1', 1), leaf('x_2', 2)), { number: 2, value: 2 }), 'symbols'),
    ).toBe('(x1−x2)2');
  });

  test('puts a base with an exponent in parentheses before squaring it', () => {
    const square = (symbol: string, value: number) => op('power', leaf(symbol, value), { number: 2, value: 2 });
    expect(read(square('x_1', 3), 'symbols')).toBe('x12');
    expect(read(square('h_1^(1)', 3), 'symbols')).toMatch(/^\(h.*\)2$/);
    expect(read(square('x_1', 1e-9), 'numbers')).toMatch(/^\(1.*10.*\)2$/);
    expect(read(square('x_1', -3), 'numbers')).toBe('(−3)2');
  });

  test('keeps the ref of every number, as the target of its link', () => {
    const { expression } = explanation('chapter', 'fc_1.w.grad[0,1]');
    const text = pieces(expression, 'numbers').map(markup).join('');
    expect([...text.matchAll(/data-ref="([^"]+)"/g)].map(([, ref]) => ref)).toEqual([
      'fc_1.output.grad[0,1]',
      'x[0,0]',
    ]);
  });

  test('marks the factors of the chain rule by their roles, and writes them as derivatives', () => {
    const form = recorded('chapter').forms.find(
      ({ ref, notation }) => ref === 'fc_1.w.grad[0,0]' && notation === 'chain',
    );
    const { expression } = form as Explanation;
    const rows = pieces(expression, 'numbers').map(markup).join('');
    for (const role of ['upstream', 'local']) {
      expect(rows).toMatch(new RegExp(`<mrow class="${role}" data-role="${role}"><mrow data-ref="[^"]+"`));
    }
    expect(read(expression, 'derivatives')).toBe('∂ℓ∂yˆ1·∂yˆ1∂w11(1)');
  });

  test('shows all cases of a choice in symbols, and only the chosen one in numbers', () => {
    const { expression } = explanation('two-layers', 'relu_1.output[0,0]');
    expect(markup(typeset(expression, 'symbols'))).toContain('case taken');
    expect(read(expression, 'numbers')).toBe('0.545');
  });

  test('words a condition by its key, and shows others as they are', () => {
    const cases = [
      { when: 'as the service has it', condition: 'condition.largest', value: leaf('x_1', 1) },
      { when: 'of a layer of one’s own', condition: 'condition.own', value: leaf('x_2', 2) },
      { when: 'z_1 > 0', value: leaf('x_3', 3) },
    ];
    const choice: Expression = { op: 'choice', cases, taken: 0, value: 1 };
    expect(read(choice, 'symbols')).toBe('{x1the largest of the windowx2of a layer of one’s ownx3z1 > 0');
  });

  test('breaks a long condition in Chinese between its words, and a short one not', () => {
    const cases = ['它是窗口中的最大数', '保留'].map((when, place) => ({ when, value: leaf(`x_${place + 1}`, place) }));
    const lines = (
      markup(typeset({ op: 'choice', cases, taken: 0, value: 0 }, 'symbols')).match(/<mtext>[^<]+/g) ?? []
    ).map((line) => line.replace('<mtext>', ''));
    expect(lines).toEqual(['它是窗口', '中的最大数', '保留']);
  });

  test('marks omitted terms of a sum', () => {
    const long = { ...op('sum', leaf('x_1', 1), leaf('x_2', 2)), folded: { count: 126, value: 9 } } as Expression;
    expect(read(long, 'symbols')).toBe('x1 +x2 +⋯');
    expect(read(op('product', leaf('w_1', 3), long), 'numbers')).toBe('3·(1 +2 +⋯)');
    // The terms of a nested sum are terms like the others.
    expect(read(op('sum', long, leaf('b_1', -4)), 'numbers')).toBe('1 +2 +⋯ +(−4)');
  });

  test('writes a setting as its symbol, and a constant of the formula as a number', () => {
    const momentum: Expression = { number: 0.9, symbol: 'μ', value: 0.9 };
    expect(read(op('product', momentum, leaf('x_1', 2)), 'symbols')).toBe('μ·x1');
    expect(read(op('product', momentum, leaf('x_1', 2)), 'numbers')).toBe('0.9·2');
    expect(read(op('product', { number: 0.5, value: 0.5 }, leaf('x_1', 2)), 'symbols')).toBe('0.5·x1');
    expect(read(op('quotient', leaf('x_1', 2), { number: 2, symbol: 'N', value: 2 }), 'symbols')).toBe('x1N');
  });

  test('shows the exact value of each number on hover', () => {
    const [piece] = pieces(leaf('x_1', 1 / 3), 'numbers') as [MathElement];
    expect(markup(piece)).toContain('data-value="0.3333333333333333" title="0.3333333333333333"');
    expect(markup(piece)).toContain('<mn>0.333333</mn>');
  });

  test.each(SLUGS)('is typeset for everything that the service explains in %s', (slug) => {
    const { explanations, forms } = recorded(slug);
    for (const { expression } of [...explanations, ...forms]) {
      const refs = new Set(refsIn(expression));
      for (const face of ['symbols', 'numbers', 'derivatives'] as const) {
        const text = pieces(expression, face).map(markup).join('');
        expect(read(expression, face)).not.toMatch(/undefined|NaN/);
        expect(isWellFormed(text), text).toBe(true);
        for (const [, ref] of text.matchAll(/data-ref="([^"]+)"/g)) expect(refs).toContain(ref);
      }
    }
  });
});
