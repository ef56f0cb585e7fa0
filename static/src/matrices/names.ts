/** How whole matrices are written: as their entries, without indices and with a capital where the chapter has one. */

import type { Trace } from '../api/types';
import { el, fence, type MathElement, mo, row, upright, withAttributes } from '../maths/markup';
import { symbolOf } from '../maths/names';
import { parseSymbol, spoken } from '../maths/symbol';
import { typesetSymbol } from '../maths/typeset-symbol';
import type { Cells } from './images';
import { APART } from './parts';

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
  rows: number;
  cells?: Pick<Cells, 'form'> | null;
}

export function nameMath({ name, transposed, rows, cells }: Named): MathElement {
  if (cells?.form === 'share') return shareMath(rows);
  const own = lowered(typesetSymbol(name, true));
  const { form } = cells ?? {};
  const plain =
    form === 'windows' ? row(upright('im2col'), fence('(', own, ')')) : form === 'turned' ? turned(own) : own;
  if (!transposed) return plain;
  const [base, above] = plain.children;
  // The layer's number and the T share the place above the letter.
  if (plain.tag === 'msup' && base && above) return el('msup', base, row(above, upright('T')));
  return el('msup', plain, upright('T'));
}

/** w̃: the same filters, by what they give back to. */
function turned(of: MathElement): MathElement {
  const [base, ...scripts] = of.tag === 'msup' ? (of.children as MathElement[]) : [of];
  const marked = withAttributes(el('mover', base ?? of, mo('˜', { stretchy: 'false' })), { accent: 'true' });
  return scripts.length > 0 ? el('msup', marked, ...scripts) : marked;
}

/** Over a capital a hat would float unless it is an accent. */
function lowered(element: MathElement): MathElement {
  const children = element.children.map((child) => (typeof child === 'string' ? child : lowered(child)));
  const copy = { ...element, children };
  return element.tag === 'mover' ? withAttributes(copy, { accent: 'true' }) : copy;
}

export function spokenName({ name, transposed, cells }: Named, words: SpokenForms): string {
  if (cells?.form === 'share') return words.shares;
  const own = spoken(name);
  const form = cells?.form === 'windows' ? words.windows(own) : cells?.form === 'turned' ? words.turned(own) : own;
  return transposed ? words.transposed(form) : form;
}

interface SpokenForms extends Record<'transposed' | 'windows' | 'turned', (name: string) => string> {
  shares: string;
}

/** (1/k) 1: a column of ones, divided by their number. */
const shareMath = (count: number): MathElement =>
  row(
    el('mn', '1'),
    mo('/', { lspace: '0', rspace: '0' }),
    el('mn', String(count)),
    APART,
    withAttributes(upright('1'), { class: 'ones' }),
  );
