/** Symbols travel as plain strings, `∂ℓ/∂w_12^(1)`; this reads them. The grammar is the service's. */

export interface MathSymbol {
  /** A derivative of the loss with respect to what follows. */
  derivative: boolean;
  base: string;
  sub: string | null;
  /** Layer number, or "1,new" for a parameter after the update. */
  sup: string | null;
  /** One-based, only where the batch has more than one row. */
  sample: number | null;
}

const PATTERN = /^(∂ℓ\/∂)?((?:ŷ|[xyzhawb∇ℓη1])′*)(?:_(\d+(?:,\d+)*))?(?:\^\(([^)]*)\))?(?:\^\[(\d+)\])?$/u;

export function parseSymbol(text: string): MathSymbol | null {
  const match = PATTERN.exec(text.normalize('NFC'));
  if (!match) return null;
  const [, derivative, base, sub, sup, sample] = match;
  return {
    derivative: derivative !== undefined,
    base: base as string,
    sub: sub ?? null,
    sup: sup ?? null,
    sample: sample ? Number(sample) : null,
  };
}

/** What a screen reader says: "gradient of w 1 2 of layer 1". */
export function spoken(text: string): string {
  const symbol = parseSymbol(text);
  if (!symbol) return text;
  const letter = symbol.base.replaceAll('′', '');
  const primes = ' prime'.repeat(symbol.base.length - letter.length);
  const base = ({ ŷ: 'y hat', '∇': 'nabla', ℓ: 'loss', η: 'learning rate' }[letter] ?? letter) + primes;
  const words = [symbol.derivative ? `gradient of ${base}` : base];
  if (symbol.sub) words.push(symbol.sub.includes(',') ? symbol.sub.replaceAll(',', ' ') : [...symbol.sub].join(' '));
  if (symbol.sup) words.push(`of layer ${symbol.sup.replace(',new', ', updated')}`);
  if (symbol.sample) words.push(`in sample ${symbol.sample}`);
  return words.join(' ');
}
