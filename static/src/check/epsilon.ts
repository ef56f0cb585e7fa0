/** Reads the step ε as people write it: 1e-5, 0.01, 0,01, 10^-5, 10⁻⁵, 2·10^-3, 1/100. */

import { parseNumber } from '../numbers/parse';

/** Below, rounding swallows the difference of the losses; above, a step is no small one. The service's limits. */
export const LEAST = 1e-12;
export const MOST = 1;

export type Epsilon = { value: number } | { wrong: 'number' | 'positive' | 'small' | 'large' };

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const POWER = /^(?:([\d.,]+)\s*[·×*]\s*)?10\s*(?:\^|\*\*)\s*\(?\s*([+-]?\d+)\s*\)?$/;

export function parseEpsilon(text: string): Epsilon {
  const value = parsePower(text) ?? parseNumber(text);
  if (value === null) return { wrong: 'number' };
  if (value <= 0) return { wrong: 'positive' };
  if (value < LEAST) return { wrong: 'small' };
  return value > MOST ? { wrong: 'large' } : { value };
}

/** Read as one decimal: 2·10^-5 is exactly 2e-5, where a product of the two would be off by a rounding. */
function parsePower(text: string): number | null {
  const [, factor = '1', exponent] = POWER.exec(lowered(text.trim())) ?? [];
  return exponent === undefined ? null : parseNumber(`${factor}e${exponent}`);
}

/** 10⁻⁵ as 10^-5, with plain minus signs. */
function lowered(text: string): string {
  return text
    .replace(/[−–⁻]/g, '-')
    .replace(/(?<=10)(?=-?[⁰¹²³⁴⁵⁶⁷⁸⁹])/, '^')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit)));
}

/** ε as a field shows it: a decimal while it is short, or else in powers of ten. */
export function writeEpsilon(value: number): string {
  return value >= 1e-3 ? String(value) : value.toExponential().replace('+', '');
}
