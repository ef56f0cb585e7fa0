/** How whole matrices are written: as their entries, without indices and with a capital where the chapter has one. */

import type { Trace } from '../api/types';
import { el, type MathElement, row, upright, withAttributes } from '../maths/markup';
import { symbolOf } from '../maths/names';
import { parseSymbol, spoken } from '../maths/symbol';
import { typesetSymbol } from '../maths/typeset-symbol';

/** Weights and biases keep their small letters: Ŷ = Xw + b. */
const CAPITALS: Readonly<Record<string, string>> = { x: 'X', y: 'Y', ŷ: 'Ŷ', z: 'Z', h: 'H', a: 'A', p: 'P' };

export function matrixName(trace: Trace, tensor: string, vector: boolean): string {
  const symbol = parseSymbol(symbolOf(trace, `${tensor}[${vector ? '0' : '0,0'}]`));
  if (!symbol) return tensor;
  const letter = symbol.base.replaceAll('′', '');
  const base = (CAPITALS[letter] ?? letter) + symbol.base.slice(letter.length);
  return `${symbol.derivative ? '∂ℓ/∂' : ''}${base}${symbol.sup === null ? '' : `^(${symbol.sup})`}`;
}

interface Named {
  name: string;
  transposed: boolean;
}

export function nameMath({ name, transposed }: Named): MathElement {
  const plain = lowered(typesetSymbol(name, true));
  if (!transposed) return plain;
  const [base, above] = plain.children;
  // The layer's number and the T share the place above the letter.
  if (plain.tag === 'msup' && base && above) return el('msup', base, row(above, upright('T')));
  return el('msup', plain, upright('T'));
}

/** Over a capital a hat would float unless it is an accent. */
function lowered(element: MathElement): MathElement {
  const children = element.children.map((child) => (typeof child === 'string' ? child : lowered(child)));
  const copy = { ...element, children };
  return element.tag === 'mover' ? withAttributes(copy, { accent: 'true' }) : copy;
}

export const spokenName = ({ name, transposed }: Named, words: (name: string) => string): string =>
  transposed ? words(spoken(name)) : spoken(name);
