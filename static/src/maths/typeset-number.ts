import { exact, shown } from '../numbers/format';
import { el, type MathElement, mi, mn, mo, row, withAttributes } from './markup';

/** A number as MathML: true minus, six digits unless told otherwise, powers of ten written out; the exact value rides along. */
export function typesetNumber(value: number, precision?: number): MathElement {
  const { digits, exponent } = shown(value, precision);
  const negative = digits.startsWith('−');
  const parts = [...(negative ? [mo('−', SIGN)] : []), digitsOf(negative ? digits.slice(1) : digits)];
  if (exponent !== null) {
    const power = exponent < 0 ? row(mo('−', SIGN), mn(String(-exponent))) : mn(String(exponent));
    parts.push(mo('×', { lspace: '0.15em', rspace: '0.15em' }), el('msup', mn('10'), power));
  }
  return withAttributes(row(...parts), { 'data-value': exact(value), title: exact(value) });
}

// A sign belongs to its number: no space as around an operator.
const SIGN = { form: 'prefix', lspace: '0', rspace: '0' };

function digitsOf(text: string): MathElement {
  return /\d/.test(text) ? mn(text) : mi(text);
}
