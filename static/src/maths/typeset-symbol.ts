import { texts } from '../texts';
import { el, FIXED, type MathElement, type MathNode, mi, mn, mo, row, TIGHT, upright } from './markup';
import { baseParts, type MathSymbol, parseQuotient, parseSymbol } from './symbol';

/** Symbols come back in every formula; so many are kept at the most. */
const KEPT = 4096;
const kept = { inline: new Map<string, MathElement>(), displayed: new Map<string, MathElement>() };

/** A symbol as MathML. In running text a derivative is set with a slash, so that lines keep their height. */
export function typesetSymbol(text: string, inline = false): MathElement {
  const known = inline ? kept.inline : kept.displayed;
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

/** A letter with its hat, its primes and what else belongs to it. */
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
