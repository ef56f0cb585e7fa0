/**
 * Where a formula may be broken so that it fits its column: at the terms of sums, between factors, and in long
 * fractions. MathML by itself never breaks a line.
 */

import type { Call, Choice, Expression, Operation } from '../api/types';
import { FIXED, INFIX, type MathElement, type MathNode, mi, mn, mo, row, upright, withAttributes } from './markup';
import { binding, FACTOR, type Face, inside, isSum, LOOSE, startsWithSign, TIGHT, typeset } from './typeset';

/**
 * A formula in pieces between which a line may break: the terms of a sum, also of one in a last factor, and the
 * arguments of a function such as max.
 */
export function pieces(expression: Expression, face: Face): MathElement[] {
  if (isList(expression)) return list(expression, face);
  if (isSum(expression)) return broken(expression, face, LOOSE, true, 0);
  const last = isProduct(expression) ? expression.args.at(-1) : undefined;
  if (!isProduct(expression) || !last || !isSum(last) || isWide(typeset(expression, face))) {
    return broken(expression, face);
  }
  const factors = expression.args.slice(0, -1);
  const leading = factors.flatMap((factor, place) => [inside(factor, face, FACTOR, place === 0), mo('·', INFIX)]);
  const inner = pieces(last, face);
  return inner.map((piece, place) =>
    row(
      ...(place === 0 ? [...leading, mo('(', { form: 'prefix', ...FIXED })] : []),
      piece,
      ...(place === inner.length - 1 ? [mo(')', { form: 'postfix', ...FIXED })] : []),
    ),
  );
}

function isList(expression: Expression): expression is Call {
  return 'op' in expression && expression.op === 'call' && expression.args.length > 2 && !expression.role;
}

function list({ function: name, args }: Call, face: Face): MathElement[] {
  return args.map((arg, place) =>
    row(
      ...(place === 0 ? [upright(name), mo('(', { form: 'prefix', ...FIXED })] : []),
      inside(arg, face, LOOSE, true),
      place === args.length - 1 ? mo(')', { form: 'postfix', ...FIXED }) : mo(',', INFIX),
    ),
  );
}

function isProduct(expression: Expression): expression is Operation {
  return 'op' in expression && expression.op === 'product';
}

/** A part of at most this width, in em, stays whole: it fits the narrowest column. */
const WHOLE = 9;

const isWide = (element: MathElement, whole: number = WHOLE): boolean => widthOf(element) > whole;

/** An expression in narrow pieces, as far as possible: a long fraction becomes one in a line. */
function broken(
  expression: Expression,
  face: Face,
  tightness: number = LOOSE,
  first = true,
  whole: number = WHOLE,
): MathElement[] {
  const set = inside(expression, face, tightness, first);
  // The derivatives of one path stay together.
  if (!('op' in expression) || (face === 'derivatives' && !isSum(expression)) || !isWide(set, whole)) return [set];
  const found = partsOf(expression, face, first);
  if (!found) return [set];
  const fenced = binding(expression) < tightness || (!first && startsWithSign(expression));
  const parts = fenced || (expression.op === 'quotient' && tightness === TIGHT) ? between('(', found, ')') : found;
  const { role } = expression;
  return role ? parts.map((part) => withAttributes(row(part), { class: role, 'data-role': role })) : parts;
}

function partsOf(expression: Operation | Call | Choice, face: Face, first: boolean): MathElement[] | null {
  if (expression.op === 'choice' || expression.op === 'power') return null;
  const { args } = expression;
  const behind = (sign: string, parts: MathElement[]): MathElement[] => before([mo(sign, INFIX)], parts);
  switch (expression.op) {
    case 'sum':
    case 'difference':
      return summands(expression, face, first);
    case 'product':
      return args.flatMap((arg, place) => {
        const parts = broken(arg, face, FACTOR, first && place === 0);
        return place ? behind('·', parts) : parts;
      });
    case 'quotient': {
      const [above, below] = args as [Expression, Expression];
      return [...broken(above, face, FACTOR, first), ...behind('/', broken(below, face, TIGHT, false))];
    }
    case 'negate':
      return before([mo('−', { form: 'prefix' })], broken(args[0] as Expression, face, FACTOR, false));
    case 'call': {
      const name = expression.function;
      if (name === 'sqrt' || name === 'abs' || name === 'floor' || name === 'expm1') return null;
      const start = name === 'log1p' ? [row(mn('1'), mo('+', INFIX))] : [];
      const inner = args.flatMap((arg, place) => {
        const parts = broken(arg, face);
        return place < args.length - 1 ? after(parts, [mo(',', INFIX)]) : parts;
      });
      const label = name === 'sigmoid' ? mi('σ') : upright(name === 'log1p' ? 'log' : name);
      return before([label], between('(', before(start, inner), ')'));
    }
  }
}

/** The terms of a sum, each in pieces with its sign before it. */
function summands(sum: Operation, face: Face, first: boolean): MathElement[] {
  const minus = sum.op === 'difference';
  const parts = sum.args.flatMap((arg, place): MathElement[] => {
    const leads = first && place === 0;
    if (!minus && isSum(arg) && arg.op === 'sum' && !arg.role) {
      const inner = summands(arg, face, leads || place > 0);
      return place > 0 ? before([mo('+', INFIX)], inner) : inner;
    }
    const own = broken(arg, face, minus && place > 0 ? FACTOR : LOOSE, leads);
    return place > 0 ? before([mo(minus ? '−' : '+', INFIX)], own) : own;
  });
  // The omitted terms can be opened beside the formula.
  return sum.folded ? [...parts, row(mo('+', INFIX), mo('⋯'))] : parts;
}

const before = (what: MathElement[], [head, ...rest]: MathElement[]): MathElement[] =>
  head && what.length > 0 ? [row(...what, head), ...rest] : head ? [head, ...rest] : what;
const after = (parts: MathElement[], what: MathElement[]): MathElement[] => [
  ...parts.slice(0, -1),
  row(...parts.slice(-1), ...what),
];
const between = (open: string, parts: MathElement[], close: string): MathElement[] =>
  after(before([mo(open, { form: 'prefix', ...FIXED })], parts), [mo(close, { form: 'postfix', ...FIXED })]);

/** The approximate width of a formula, in em: enough to know whether it has to be broken. */

const DIGIT = 0.52;
/** The space around a sign between two terms. */
const SIGN = 0.45;
const SCRIPT = 0.7;

export function widthOf(node: MathNode): number {
  if (typeof node === 'string') return node.length * DIGIT;
  const widths = node.children.map(widthOf);
  const widest = Math.max(0, ...widths);
  const [base = 0, ...scripts] = widths;
  switch (node.tag) {
    case 'mfrac':
      return widest + 0.2;
    case 'msub':
    case 'msup':
    case 'msubsup':
      return base + SCRIPT * Math.max(0, ...scripts);
    case 'mtable':
    case 'munder':
    case 'mover':
      return widest;
    case 'mo':
      return base + (isInfix(node) ? SIGN : 0);
    default:
      return widths.reduce((sum, width) => sum + width, 0);
  }
}

const isInfix = ({ attributes }: MathElement): boolean => attributes.form === 'infix';
