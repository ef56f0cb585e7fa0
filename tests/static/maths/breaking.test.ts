import { expect, test } from 'vitest';
import type { Expression } from '@/api/types';
import { pieces, widthOf } from '@/maths/breaking';
import type { MathElement, MathNode } from '@/maths/markup';
import { type Face, typeset } from '@/maths/typeset';
import { IMAGE_SLUGS, recorded, SLUGS } from '../recorded';

const text = (node: MathNode): string =>
  typeof node === 'string'
    ? node
    : node.tag === 'mfrac'
      ? node.children.map(text).join('/')
      : node.children.map(text).join('');
const refs = (node: MathNode): string[] =>
  typeof node === 'string'
    ? []
    : [...(node.attributes['data-ref'] ? [String(node.attributes['data-ref'])] : []), ...node.children.flatMap(refs)];
/** Without parentheses: an inline fraction needs some that a stacked fraction does not. */
const bare = (parts: readonly MathElement[]): string =>
  parts
    .map(text)
    .join('')
    .replace(/[()\s]/g, '');

const FACES: readonly Face[] = ['symbols', 'numbers'];
const formulas: [string, Expression][] = [...SLUGS, ...IMAGE_SLUGS].flatMap((slug) => {
  const { explanations, forms } = recorded(slug);
  return [...explanations, ...forms].map(({ ref, notation, expression }): [string, Expression] => [
    `${slug} ${ref} ${notation}`,
    expression,
  ]);
});

test('a broken formula has the same parts in the same order, and the same links', () => {
  expect(formulas.length).toBeGreaterThan(300);
  for (const [name, expression] of formulas) {
    for (const face of FACES) {
      const [whole, parts] = [typeset(expression, face), pieces(expression, face)];
      expect(bare(parts), name).toBe(bare([whole]));
      expect(parts.flatMap(refs), name).toEqual(refs(whole));
    }
  }
});

test('no piece of it is wider than the narrowest column, except for a definition by cases', () => {
  let broken = 0;
  for (const [name, expression] of formulas) {
    for (const face of FACES) {
      const parts = pieces(expression, face);
      if (face === 'symbols' && JSON.stringify(expression).includes('"cases"')) continue;
      for (const part of parts) expect(widthOf(part), `${name}: ${text(part)}`).toBeLessThanOrEqual(14);
      if (parts.length > 1 && 'op' in expression && expression.op !== 'sum') broken++;
    }
  }
  expect(broken).toBeGreaterThan(10);
});

test('the derivatives of each path stay together, and paths continue in the next line', () => {
  const chains = formulas.flatMap(([name, expression]) =>
    name.endsWith(' chain') && 'op' in expression && expression.op === 'sum' ? [{ name, expression }] : [],
  );
  expect(chains.length).toBeGreaterThan(5);
  for (const { name, expression } of chains) {
    expect(pieces(expression, 'derivatives').length, name).toBeGreaterThanOrEqual(expression.args.length);
  }
});
