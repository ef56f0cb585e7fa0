/** Expression trees as MathML: in symbols, with the numbers filled in, or with the factors as derivatives. */

import type { Call, Case, Choice, Constant, Expression, Leaf, Operation } from '../api/types';
import { shown } from '../numbers/format';
import { el, fence, INFIX, type MathElement, type MathNode, mi, mn, mo, row, upright, withAttributes } from './markup';
import { conditionOf } from './sentences';
import { typesetNumber, typesetSymbol, typesetZero } from './typeset-leaf';

export type Face = 'symbols' | 'numbers' | 'derivatives';

/** How tightly a construct binds; an argument that binds less tightly than its surroundings gets parentheses. */
export const LOOSE = 0;
export const FACTOR = 1;
export const TIGHT = 2;

export function typeset(expression: Expression, face: Face): MathElement {
  return inside(expression, face, LOOSE, true);
}

/** A term after the first of a sum: a leading minus gets brackets. */
export function typesetTerm(expression: Expression, face: Face): MathElement {
  return inside(expression, face, LOOSE, false);
}

export function isSum(expression: Expression): expression is Operation {
  return 'op' in expression && (expression.op === 'sum' || expression.op === 'difference');
}

export function inside(expression: Expression, face: Face, tightness: number, first: boolean): MathElement {
  const { role, derivative } = expression;
  if (!role) return unmarked(expression, face, tightness, first);
  // A factor of the chain rule: the upstream gradient, or the local derivative of this step.
  const content =
    face === 'derivatives' && derivative ? typesetSymbol(derivative) : unmarked(expression, face, tightness, first);
  return withAttributes(row(content), { class: role, 'data-role': role });
}

function unmarked(expression: Expression, face: Face, tightness: number, first: boolean): MathElement {
  if ('ref' in expression) return leaf(expression, face, first);
  if ('number' in expression) return constant(expression, face, first);
  const content = operation(expression, face, first);
  return binding(expression) < tightness || (!first && startsWithSign(expression)) ? fence('(', content, ')') : content;
}

/** A setting such as the momentum has a symbol; a constant of the formula has none. */
function constant({ number, symbol }: Constant, face: Face, first: boolean): MathElement {
  return symbol && face !== 'numbers' ? typesetSymbol(symbol) : signed(typesetNumber(number), number, first);
}

function operation(expression: Operation | Call | Choice, face: Face, first: boolean): MathElement {
  switch (expression.op) {
    case 'sum':
    case 'difference':
      return row(...terms(expression, face).flatMap(({ sign, term }) => (sign ? [mo(sign, INFIX), term] : [term])));
    case 'product':
      return row(
        ...joined(
          expression.args.map((arg, place) => inside(arg, face, FACTOR, first && place === 0)),
          '·',
        ),
      );
    case 'quotient':
      return el('mfrac', ...expression.args.map((arg) => inside(arg, face, LOOSE, true)));
    case 'power':
      return power(expression, face);
    case 'negate':
      return row(mo('−', { form: 'prefix' }), ...expression.args.map((arg) => inside(arg, face, FACTOR, false)));
    case 'call':
      return call(expression, face);
    case 'choice':
      return choice(expression, face);
  }
}

/** Every number in a formula links to its own explanation: the leaf keeps its ref. */
function leaf(expression: Leaf, face: Face, first: boolean): MathElement {
  const { value, rounded = false } = expression;
  const number = () => (rounded ? typesetZero(value) : typesetNumber(value));
  const content = face === 'numbers' ? number() : typesetSymbol(expression.symbol);
  const linked = withAttributes(row(content), { 'data-ref': expression.ref, 'data-symbol': expression.symbol });
  return face === 'numbers' ? signed(linked, rounded ? 0 : value, first) : linked;
}

function signed(content: MathElement, value: number, first: boolean): MathElement {
  return !first && (value < 0 || Object.is(value, -0)) ? fence('(', content, ')') : content;
}

interface Term {
  sign: string | null;
  term: MathElement;
}

function terms(sum: Operation, face: Face, leads = true): Term[] {
  const minus = sum.op === 'difference';
  const list = sum.args.flatMap((arg, place): Term[] => {
    const first = leads && place === 0;
    // A sum within a sum needs no parentheses, and may break between its terms too.
    if (!minus && isSum(arg) && arg.op === 'sum' && !arg.role) return terms(arg, face, first);
    const sign = first ? null : minus && place > 0 ? '−' : '+';
    return [{ sign, term: inside(arg, face, minus && place > 0 ? FACTOR : LOOSE, first) }];
  });
  // The omitted terms can be opened beside the formula.
  return sum.folded ? [...list, { sign: '+', term: mo('⋯') }] : list;
}

function power({ args }: Operation, face: Face): MathElement {
  const [base, exponent] = args as [Expression, Expression];
  const bare =
    'ref' in base && (face === 'numbers' ? !base.rounded && standsBare(base.value) : !/[∂^]/.test(base.symbol));
  const content = inside(base, face, TIGHT, true);
  const fenced = bare || ('number' in base && standsBare(base.number)) ? content : ensureFence(content);
  return el('msup', fenced, inside(exponent, face, LOOSE, true));
}

/** A negative number needs brackets in a power, and so does ×10ⁿ, which has an exponent already. */
function standsBare(value: number): boolean {
  return value >= 0 && shown(value).exponent === null;
}

function ensureFence(content: MathElement): MathElement {
  const [open] = content.children;
  return typeof open === 'object' && open.tag === 'mo' && open.children[0] === '(' ? content : fence('(', content, ')');
}

function call({ function: name, args }: Call, face: Face): MathElement {
  const inner = args.map((arg) => inside(arg, face, LOOSE, true));
  if (name === 'sqrt') return el('msqrt', ...inner);
  if (name === 'abs') return fence('|', row(...inner), '|');
  if (name === 'floor') return fence('⌊', row(...inner), '⌋');
  if (name === 'expm1') return fence('(', row(el('msup', mi('e'), ...inner), mo('−', INFIX), mn('1')), ')');
  if (name === 'log1p') return row(upright('log'), fence('(', row(mn('1'), mo('+', INFIX), ...inner), ')'));
  const label = name === 'sigmoid' ? mi('σ') : upright(name);
  return row(label, fence('(', row(...joined(inner, ',')), ')'));
}

function choice({ cases, taken }: Choice, face: Face): MathElement {
  // With numbers, only the selected case is meaningful.
  const chosen = cases[taken];
  if (face === 'numbers' && chosen) return inside(chosen.value, face, LOOSE, true);
  const lines = cases.map((one, place) => {
    const line = el('mtr', el('mtd', inside(one.value, face, LOOSE, true)), el('mtd', condition(one)));
    return withAttributes(line, { class: place === taken ? 'case taken' : 'case' });
  });
  return row(mo('{', { form: 'prefix', stretchy: 'true' }), withAttributes(el('mtable', ...lines), { class: 'cases' }));
}

/** The longest condition in one line, in characters of Chinese: MathML breaks no line by itself. */
const LINE = 6;

function condition(of: Case): MathElement {
  const text = conditionOf(of);
  if (text.length > LINE && /^\p{Script=Han}+$/u.test(text)) {
    return el('mtable', ...halves(text).map((half) => el('mtr', el('mtd', el('mtext', half)))));
  }
  const parts = text.split(/(∂\S+|[\p{L}∇](?:′|\u0302)*_\S+)/u).filter((part) => part.trim() !== '');
  return row(...parts.map((part) => (/^[∂∇\p{L}]\S*_/u.test(part) ? typesetSymbol(part) : comparison(part))));
}

/** In two lines, broken between words, as near to the middle as possible. */
function halves(text: string): string[] {
  const starts = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)]
    .map(({ index }) => index)
    .slice(1);
  const off = (place: number) => Math.abs(place - text.length / 2);
  const place = starts.reduce((best, one) => (off(one) < off(best) ? one : best), text.length);
  return [text.slice(0, place), text.slice(place)].filter(Boolean);
}

function comparison(text: string): MathElement {
  const atoms = text.match(/[<>≤≥=≠]|[-−]?\d+(?:\.\d+)?|[^<>≤≥=≠\d−-]+/gu) ?? [];
  return row(
    ...atoms.map((atom) => {
      const word = atom.trim();
      if (/^[<>≤≥=≠]$/.test(word)) return mo(word);
      if (/^[-−]?\d/.test(word)) return mn(word.replace('-', '−'));
      return /^\p{L}$/u.test(word) ? mi(word) : el('mtext', atom);
    }),
  );
}

function joined(items: MathElement[], operator: string): MathNode[] {
  return items.flatMap((item, place) => (place ? [mo(operator, INFIX), item] : [item]));
}

export function binding(expression: Operation | Call | Choice): number {
  if (expression.op === 'sum' || expression.op === 'difference' || expression.op === 'choice') return LOOSE;
  return expression.op === 'product' || expression.op === 'negate' ? FACTOR : TIGHT;
}

export function startsWithSign(expression: Operation | Call | Choice): boolean {
  return expression.op === 'negate';
}
