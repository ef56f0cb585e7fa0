import { exact, lossDigits, lossPrecision, shown } from '../numbers/format';
import { texts } from '../texts';
import { el, FIXED, type MathElement, type MathNode, mi, mn, mo, row, TIGHT, upright, withAttributes } from './markup';
import { baseParts, type MathSymbol, parseQuotient, parseSymbol } from './symbol';

/** Symbols recur in every formula; at most this many are cached. */
const KEPT = 4096;
const cache = { inline: new Map<string, MathElement>(), displayed: new Map<string, MathElement>() };

/** A symbol as MathML. In running text a derivative is set with a slash, so that lines keep their height. */
export function typesetSymbol(text: string, inline = false): MathElement {
  const known = inline ? cache.inline : cache.displayed;
  const found = known.get(text) ?? typesetAnew(text, inline);
  if (known.size >= KEPT) known.clear();
  known.set(text, found);
  return found;
}

function typesetAnew(text: string, inline: boolean): MathElement {
  const symbol = parseSymbol(text);
  if (symbol) return symbol.derivative ? quotient(mi('ℓ'), symbol, inline) : scripted(symbol);
  const both = parseQuotient(text);
  return both ? quotient(scripted(both.above), both.below, inline) : upright(text);
}

function quotient(of: MathElement, by: MathSymbol, inline: boolean): MathElement {
  const above = row(mi('∂'), of);
  const below = row(mi('∂'), scripted(by));
  return inline ? row(above, mo('/', TIGHT), below) : el('mfrac', above, below);
}

function scripted(symbol: MathSymbol): MathElement {
  const { base, sub: own } = typesetBase(symbol.base);
  const subs = [own, symbol.sub].filter((part) => part !== null && part !== '');
  const sub = subs.length === 0 ? null : mn(subs.join(','));
  const sup = superscripts(symbol);
  if (sub && sup) return el('msubsup', base, sub, sup);
  if (sub) return el('msub', base, sub);
  if (sup) return el('msup', base, sup);
  return base;
}

/** A letter with its hat, its primes and other marks. */
export function typesetBase(text: string): { base: MathElement; sub: string } {
  const { letter, hat, sub, power, inner, primes } = baseParts(text);
  const plain = letter === '1' ? mn(letter) : letter === '∇' ? upright(letter) : mi(letter);
  const hatted = hat ? el('mover', plain, mo('ˆ', { stretchy: 'false' })) : plain;
  const primed = primes > 0 ? row(hatted, ...Array.from({ length: primes }, () => mo('′', FIXED))) : hatted;
  const powered = power ? el('msup', primed, mn(power)) : primed;
  return { base: inner ? row(powered, mo('(', FIXED), mi(inner), mo(')', FIXED)) : powered, sub };
}

function superscripts({ sup, sample }: MathSymbol): MathElement | null {
  const parts: MathNode[] = [];
  if (sup !== null) parts.push(mo('(', FIXED), ...words(sup), mo(')', FIXED));
  if (sample !== null) parts.push(mo('[', FIXED), mn(String(sample)), mo(']', FIXED));
  return parts.length ? row(...parts) : null;
}

function words(sup: string): MathElement[] {
  return sup
    .split(',')
    .flatMap((word, place) => [
      ...(place ? [mo(',', { lspace: '0', rspace: '0.1em' })] : []),
      /^\d+$/.test(word) ? mn(word) : upright(word === 'new' ? texts.symbols.updated : word),
    ]);
}

/** A number that is 0 in exact arithmetic. */
export function typesetZero(value: number): MathElement {
  const apart = withAttributes(el('mspace'), { width: '0.25em' });
  return withValue(row(mn('0'), apart, withAttributes(el('mtext', texts.rounding), { class: 'rounding' })), value);
}

/**
 * A number as MathML: true minus, by default six digits, powers of ten written out; the exact value is an attribute.
 * `fixed`: for a comparison with another number.
 */
export function typesetNumber(value: number, precision?: number, fixed = false): MathElement {
  const { digits, exponent } = shown(value, precision, fixed);
  const negative = digits.startsWith('−');
  const parts = [...(negative ? [mo('−', SIGN)] : []), digitsOf(negative ? digits.slice(1) : digits)];
  if (exponent !== null) parts.push(mo('×', { lspace: '0.15em', rspace: '0.15em' }), powerOfTen(exponent));
  return withValue(row(...parts), value);
}

/** A loss beside one that differs from it by about ε. */
export function typesetLoss(loss: number, epsilon: number): MathElement {
  const digits = lossDigits(loss, epsilon);
  if (digits === null) return typesetNumber(loss, lossPrecision(loss, epsilon));
  return withValue(row(mn(digits)), loss);
}

export function powerOfTen(exponent: number): MathElement {
  return el('msup', mn('10'), exponent < 0 ? row(mo('−', SIGN), mn(String(-exponent))) : mn(String(exponent)));
}

function withValue(content: MathElement, value: number): MathElement {
  return withAttributes(content, { 'data-value': exact(value), title: exact(value) });
}

// A sign has no space before its number.
const SIGN = { form: 'prefix', ...TIGHT };

function digitsOf(text: string): MathElement {
  return /\d/.test(text) ? mn(text) : mi(text);
}
