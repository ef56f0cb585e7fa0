/** Formulas as spoken text. In English the service provides it; here the same tree is expressed in Chinese. */

import type { Explanation, Expression, Operation } from '../../api/types';
import type { Reader } from '../en/inspector';

type Fill = 'derivatives' | 'symbols' | 'numbers';

/** How tightly an expression binds. */
const [SUM, PRODUCT, POWER] = [0, 1, 2];

const FUNCTIONS: Readonly<Record<string, string>> = {
  sqrt: '平方根',
  abs: '绝对值',
  max: '最大值',
  min: '最小值',
  sign: '符号',
  exp: '指数函数',
  log: '对数',
  tanh: '双曲正切',
  sigmoid: 'sigma',
  erf: '误差函数',
  cos: '余弦',
  floor: '向下取整',
};

export function aloud({ symbol, value, expression, notation }: Explanation, reader: Reader): string {
  const fills: Fill[] = notation === 'chain' ? ['derivatives', 'symbols', 'numbers'] : ['symbols', 'numbers'];
  const lines = [
    reader.symbol(symbol),
    ...fills.map((fill) => readOut(expression, fill, SUM, true, reader)),
    reader.number(value),
  ];
  return lines.filter((line, place) => line !== lines[place - 1]).join(' 等于 ');
}

function readOut(of: Expression, fill: Fill, within: number, first: boolean, reader: Reader): string {
  if (fill === 'derivatives' && of.derivative) return reader.symbol(of.derivative);
  if ('ref' in of) return fill === 'numbers' ? number(of.value, first, reader) : reader.symbol(of.symbol);
  if ('number' in of) {
    return of.symbol && fill !== 'numbers' ? reader.symbol(of.symbol) : number(of.number, first, reader);
  }
  const written = operation(of, fill, first, reader);
  const negative = !first && 'op' in of && of.op === 'negate';
  return bindingOf(of) < within || negative ? `（${written}）` : written;
}

function number(value: number, first: boolean, reader: Reader): string {
  return value < 0 && !first ? `（${reader.number(value)}）` : reader.number(value);
}

function bindingOf(of: Exclude<Expression, { ref: string } | { number: number }>): number {
  if (of.op === 'sum' || of.op === 'difference' || of.op === 'choice') return SUM;
  return of.op === 'product' || of.op === 'negate' || of.op === 'quotient' ? PRODUCT : POWER;
}

function operation(
  of: Exclude<Expression, { ref: string } | { number: number }>,
  fill: Fill,
  first: boolean,
  reader: Reader,
): string {
  const part = (arg: Expression | undefined, within: number, leads: boolean) =>
    arg ? readOut(arg, fill, within, leads, reader) : '';
  switch (of.op) {
    case 'choice': {
      const taken = of.cases[of.taken];
      return `${part(taken?.value, SUM, first)}（因为${taken ? reader.condition(taken) : ''}）`;
    }
    case 'call':
      return called(
        of.function,
        of.args.map((arg) => part(arg, SUM, true)),
      );
    case 'sum':
      return [...of.args.map((arg, place) => part(arg, SUM, first && place === 0)), ...folded(of, reader)].join(' 加 ');
    case 'product':
      return of.args.map((arg, place) => part(arg, PRODUCT, first && place === 0)).join(' 乘以 ');
    case 'difference':
      return `${part(of.args[0], SUM, first)} 减 ${part(of.args[1], PRODUCT, false)}`;
    case 'quotient':
      return `${part(of.args[0], PRODUCT, first)} 除以 ${part(of.args[1], POWER, false)}`;
    case 'negate':
      return `负 ${part(of.args[0], PRODUCT, false)}`;
    case 'power': {
      const base = part(of.args[0], POWER, false);
      const [, exponent] = of.args;
      const square = exponent && 'number' in exponent && exponent.number === 2;
      return square ? `${base} 的平方` : `${base} 的 ${part(exponent, POWER, false)} 次方`;
    }
  }
}

const folded = ({ folded: rest }: Operation, reader: Reader): string[] =>
  rest ? [`另外 ${rest.count} 项，合计 ${reader.number(rest.value)}`] : [];

function called(name: string, args: readonly string[]): string {
  const inner = args.join('，');
  if (name === 'expm1') return `（指数函数（${inner}） 减 1）`;
  if (name === 'log1p') return `对数（1 加 ${inner}）`;
  return `${FUNCTIONS[name] ?? name}（${inner}）`;
}
