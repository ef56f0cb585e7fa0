/**
 * The symbols of whole matrices: those of their entries, without indices, and as capitals where the chapter uses these.
 */

import type { Trace } from '../api/types';
import { el, fence, type MathElement, mo, row, upright, withAttributes } from '../maths/markup';
import { parseSymbol, spoken } from '../maths/symbol';
import { typesetSymbol } from '../maths/typeset-leaf';
import { symbolOf } from '../model/refs';

/** Weights and biases stay lower case: Ŷ = Xw + b. */
const CAPITALS: Readonly<Record<string, string>> = { x: 'X', y: 'Y', ŷ: 'Ŷ', z: 'Z', h: 'H', a: 'A', p: 'P' };

export function matrixName(trace: Trace, tensor: string): string {
  const symbol = parseSymbol(symbolOf(trace, `${tensor}[0,0]`));
  if (!symbol) return tensor;
  const letter = symbol.base.replaceAll('′', '');
  const base = (CAPITALS[letter] ?? letter) + symbol.base.slice(letter.length);
  return `${symbol.derivative ? '∂ℓ/∂' : ''}${base}${symbol.sup === null ? '' : `^(${symbol.sup})`}`;
}

/** The symbol of a matrix. */
export interface Named {
  /** With a capital if it has one: `H^(1)`, `∂ℓ/∂w^(1)`. */
  name: string;
  transposed: boolean;
  /**
   * `windows`: each number as often as windows contain it; `turned`: filters arranged for the gradient of the input.
   */
  form: 'plain' | 'windows' | 'turned';
}

export function nameMath({ name, transposed, form }: Named): MathElement {
  const own = lowered(typesetSymbol(name, true));
  const plain =
    form === 'windows' ? row(upright('im2col'), fence('(', own, ')')) : form === 'turned' ? turned(own) : own;
  if (!transposed) return plain;
  const [base, above] = plain.children;
  // The layer's number and the T are both superscripts.
  if (plain.tag === 'msup' && base && above) return el('msup', base, row(above, upright('T')));
  return el('msup', plain, upright('T'));
}

/** w̃: the same filters, arranged for the gradient of the input. */
function turned(of: MathElement): MathElement {
  const [base, ...scripts] = of.tag === 'msup' ? (of.children as MathElement[]) : [of];
  const marked = withAttributes(el('mover', base ?? of, mo('˜', { stretchy: 'false' })), { accent: 'true' });
  return scripts.length > 0 ? el('msup', marked, ...scripts) : marked;
}

/** A hat is too high above a capital unless it is an accent. */
function lowered(element: MathElement): MathElement {
  const children = element.children.map((child) => (typeof child === 'string' ? child : lowered(child)));
  const copy = { ...element, children };
  return element.tag === 'mover' ? withAttributes(copy, { accent: 'true' }) : copy;
}

export function spokenName({ name, transposed, form }: Named, words: SpokenForms): string {
  const own = spoken(name);
  const text = form === 'plain' ? own : words[form](own);
  return transposed ? words.transposed(text) : text;
}

type SpokenForms = Record<'transposed' | 'windows' | 'turned', (name: string) => string>;
