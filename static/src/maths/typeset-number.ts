import { exact, shown } from '../numbers/format';
import { lossDigits, lossPrecision } from '../numbers/losses';
import { texts } from '../texts';
import { el, type MathElement, mi, mn, mo, row, TIGHT, withAttributes } from './markup';

/** A number as MathML: true minus, by default six digits, powers of ten written out; the exact value is an attribute.
 * `fixed`: beside another that it is compared with. */
/** One that is 0 by hand. */
export function typesetZero(value: number): MathElement {
  const apart = withAttributes(el('mspace'), { width: '0.25em' });
  return withValue(row(mn('0'), apart, withAttributes(el('mtext', texts.rounding), { class: 'rounding' })), value);
}

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

// A sign belongs to its number.
const SIGN = { form: 'prefix', ...TIGHT };

function digitsOf(text: string): MathElement {
  return /\d/.test(text) ? mn(text) : mi(text);
}
