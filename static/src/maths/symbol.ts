/**
 * Parses symbols, which the service sends as plain strings such as `∂ℓ/∂w_12^(1)`. The grammar is:
 *
 *     derivative := "∂" symbol "/∂" symbol
 *     symbol := base {"′"} ["_" subscript] ["^(" superscript ")"] ["^[" sample "]"]
 *     base := letter | letter "(" letter ")"
 *
 * A gradient, `∂ℓ/∂w_12^(1)`, is the most frequent derivative.
 */

import { remembered } from '../model/refs';
import { texts } from '../texts';

const words = texts.symbols;

export interface MathSymbol {
  /** A derivative of the loss with respect to what follows. */
  derivative: boolean;
  base: string;
  sub: string | null;
  /** Several digits are one index, rather than an index each. */
  alone: boolean;
  /** Layer number, or "1,new" for a parameter after the update. */
  sup: string | null;
  /** One-based, only if the batch has more than one row. */
  sample: number | null;
}

const HAT = '\u0302';
const LETTER = `[\\p{L}∇1]${HAT}?[²₁₂]?`;
const PATTERN = new RegExp(
  `^(∂ℓ/∂)?(${LETTER}(?:\\(${LETTER}\\))?′*)(?:_(\\d+(?:,\\d+)*)(,?))?(?:\\^\\(([^)]*)\\))?(?:\\^\\[(\\d+)\\])?$`,
  'u',
);

export function parseSymbol(text: string): MathSymbol | null {
  const match = PATTERN.exec(text.normalize('NFC'));
  if (!match) return null;
  const [, derivative, base, sub, alone, sup, sample] = match;
  return {
    derivative: derivative !== undefined,
    base: base as string,
    sub: sub ?? null,
    alone: alone === ',',
    sup: sup ?? null,
    sample: sample ? Number(sample) : null,
  };
}

/** The two symbols of a derivative of one number with respect to another. */
export function parseQuotient(text: string): { above: MathSymbol; below: MathSymbol } | null {
  const [, first, second] = /^∂(.+)\/∂(.+)$/u.exec(text) ?? [];
  const [above, below] = [parseSymbol(first ?? ''), parseSymbol(second ?? '')];
  return above && below && !above.derivative && !below.derivative ? { above, below } : null;
}

export interface BaseParts {
  letter: string;
  hat: boolean;
  /** A digit below the letter that belongs to it, as in β₁. */
  sub: string;
  power: string;
  /** The part in brackets after it, as in v(γ). */
  inner: string;
  primes: number;
}

export function baseParts(base: string): BaseParts {
  const [outer = '', inner = ''] = base.replaceAll('′', '').replace(')', '').split('(');
  const bare = outer.normalize('NFD');
  return {
    letter: bare.charAt(0),
    hat: bare.includes(HAT),
    sub: { '₁': '1', '₂': '2' }[bare.at(-1) ?? ''] ?? '',
    power: bare.endsWith('²') ? '2' : '',
    inner,
    primes: base.length - base.replaceAll('′', '').length,
  };
}

/** What a screen reader says: "gradient of w 1 2 of layer 1". */
export const spoken = remembered((text: string): string => {
  const whole = words.whole[text];
  if (whole) return whole;
  const symbol = parseSymbol(text);
  if (symbol) return symbol.derivative ? words.gradient(named(symbol)) : named(symbol);
  const quotient = parseQuotient(text);
  return quotient ? words.derivative(named(quotient.above), named(quotient.below)) : text;
});

/** Each digit is an index, unless commas separate the indices, or all digits are one index. */
function indices(sub: string, alone: boolean): string {
  if (alone) return sub;
  return sub.includes(',') ? sub.replaceAll(',', ' ') : [...sub].join(' ');
}

function named({ base, sub, alone, sup, sample }: MathSymbol): string {
  const { letter, inner, hat, primes, sub: own, power } = baseParts(base);
  return words.named({
    letter: words.letters[letter] ?? letter,
    hat,
    primes,
    own,
    squared: power !== '',
    inner: inner && (words.letters[inner] ?? inner),
    indices: sub === null ? '' : indices(sub, alone),
    layer: sup?.replace(',new', '') ?? null,
    updated: sup?.endsWith(',new') ?? false,
    sample,
  });
}
