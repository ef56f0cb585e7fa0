/** Which symbol a ref is written with: its tensor's, as the service tells it, with the ref's indices in their places. */

import type { Trace } from '../api/types';
import { canonical, formatRef, parseRef } from './refs';

export function symbolOf({ layers, symbols }: Pick<Trace, 'layers' | 'symbols'>, ref: string): string {
  const parsed = parseRef(canonical(layers, ref));
  if (!parsed) return ref;
  const { derivative, index } = parsed;
  const own = symbols[formatRef({ ...parsed, index: [] })];
  const pattern = own ?? symbols[formatRef({ ...parsed, derivative: null, index: [] })];
  if (pattern === undefined) return ref;
  const symbol = pattern
    .replace(/_\{(\d):\}/, (_, axis) => written(index.slice(Number(axis))))
    .replace(/\{(\d)\}/, (_, axis) => String((index[Number(axis)] ?? 0) + 1));
  if (own !== undefined || derivative === null) return symbol;
  return derivative === 'grad' ? `∂ℓ/∂${symbol}` : symbol.replace(/\^\((\d+)\)/, '^($1,new)');
}

/** Without the sample, which is chosen for the whole picture. */
export const plainSymbol = (trace: Pick<Trace, 'layers' | 'symbols'>, ref: string): string =>
  symbolOf(trace, ref).replace(/\^\[\d+\]$/, '');

/** Indices count from 1; they are set apart once one has two digits, and a single one has a comma behind it then. */
function written(index: readonly number[]): string {
  const digits = index.map((place) => String(place + 1));
  const separator = digits.some((digit) => digit.length > 1) ? ',' : '';
  return digits.length === 0 ? '' : `_${digits.join(separator)}${digits.length === 1 ? separator : ''}`;
}
