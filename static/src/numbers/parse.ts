/** Parses numbers as people type them: 0.5, 0,5, −0.5, 1e-3, 1/3. Returns `null` for anything else. */

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

export function parseNumber(text: string): number | null {
  const parts = text.replace(/[−–]/g, '-').split('/');
  if (parts.length > 2) return null;
  const [numerator, denominator] = parts.map(parseDecimal);
  if (numerator === undefined || numerator === null) return null;
  if (parts.length === 1) return numerator;
  if (denominator === undefined || denominator === null || denominator === 0) return null;
  return finite(numerator / denominator);
}

/** A whole number, whose thousands may be separated by commas, as the page itself writes counts; otherwise NaN. */
export const parseWhole = (text: string): number =>
  /^(?:\d+|\d{1,3}(?:,\d{3})+)$/.test(text.trim()) ? Number(text.replaceAll(',', '')) : Number.NaN;

function parseDecimal(text: string): number | null {
  const trimmed = text.trim();
  // One comma and no point is a decimal comma; with both the meaning is ambiguous.
  const decimal = trimmed.includes('.') ? trimmed : trimmed.replace(',', '.');
  return DECIMAL.test(decimal) ? finite(Number(decimal)) : null;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
