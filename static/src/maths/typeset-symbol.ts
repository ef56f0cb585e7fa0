import { el, type MathElement, type MathNode, mi, mn, mo, row, upright } from './markup';
import { type MathSymbol, parseSymbol } from './symbol';

/** A symbol as MathML. In running text a derivative is set with a slash, so that lines keep their height. */
export function typesetSymbol(text: string, inline = false): MathElement {
  const symbol = parseSymbol(text);
  if (!symbol) return upright(text);
  if (!symbol.derivative) return scripted(symbol);
  const above = row(mi('∂'), mi('ℓ'));
  const below = row(mi('∂'), scripted(symbol));
  return inline ? row(above, mo('/', { lspace: '0', rspace: '0' }), below) : el('mfrac', above, below);
}

function scripted(symbol: MathSymbol): MathElement {
  const base = typesetBase(symbol.base);
  const sub = symbol.sub === null ? null : mn(symbol.sub);
  const sup = superscripts(symbol);
  if (sub && sup) return el('msubsup', base, sub, sup);
  if (sub) return el('msub', base, sub);
  if (sup) return el('msup', base, sup);
  return base;
}

function typesetBase(base: string): MathElement {
  if (base.endsWith('′')) return row(typesetBase(base.slice(0, -1)), mo('′', PAREN));
  if (base === '1') return mn(base);
  if (base === '∇') return upright(base);
  if (base === 'ŷ') return el('mover', mi('y'), mo('ˆ', { stretchy: 'false' }));
  return mi(base);
}

function superscripts({ sup, sample }: MathSymbol): MathElement | null {
  const parts: MathNode[] = [];
  if (sup !== null) parts.push(mo('(', PAREN), ...words(sup), mo(')', PAREN));
  if (sample !== null) parts.push(mo('[', PAREN), mn(String(sample)), mo(']', PAREN));
  return parts.length ? row(...parts) : null;
}

const PAREN = { stretchy: 'false', lspace: '0', rspace: '0' };

function words(sup: string): MathElement[] {
  return sup
    .split(',')
    .flatMap((word, place) => [
      ...(place ? [mo(',', { lspace: '0', rspace: '0.1em' })] : []),
      /^\d+$/.test(word) ? mn(word) : upright(word),
    ]);
}
