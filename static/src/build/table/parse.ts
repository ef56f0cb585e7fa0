/** Parses a text as a table: a library handles quotes and lines, and rows keep their number in the file. */

import Papa from 'papaparse';
import { kindOf, numberOf, SEPARATORS, type Separator } from './numbers';

export interface Row {
  /** Counted from 1, including headings and empty lines, as a spreadsheet shows it. */
  number: number;
  cells: readonly string[];
}

export interface Parsed {
  separator: Separator;
  rows: Row[];
  /** The row with a quotation mark that is never closed. */
  unclosed: number | null;
}

/** The separator is guessed from this many characters. */
const LOOKED_AT = 200_000;
const RECORDS = 60;

export function parse(text: string, given?: Separator): Parsed {
  const { body, before, declared } = withoutHint(text.replace(/^\uFEFF/, ''));
  const separator = given ?? declared ?? separatorOf(body);
  const { data, errors } = Papa.parse<string[]>(body, { delimiter: separator, skipEmptyLines: false });
  const unclosed = errors.find(({ code }) => code === 'MissingQuotes');
  const rows: Row[] = [];
  for (const [place, record] of data.entries()) {
    const cells = separator === ' ' ? record.filter((cell) => cell !== '') : record.map((cell) => cell.trim());
    if (cells.some((cell) => cell !== '')) rows.push({ number: place + 1 + before, cells });
  }
  return { separator, rows, unclosed: unclosed ? (unclosed.row ?? data.length - 1) + 1 + before : null };
}

/** Spreadsheets write the separator into a separate line: sep=; */
function withoutHint(text: string): { body: string; before: number; declared: Separator | null } {
  const hint = /^"?sep=(.)"?[ \t]*(?:\r\n|\n|\r)/i.exec(text);
  if (!hint) return { body: text, before: 0, declared: null };
  const declared = SEPARATORS.find((one) => one === hint[1]) ?? null;
  return { body: text.slice(hint[0].length), before: 1, declared };
}

/** The separator for which most rows have the same number of cells; of several, the one that gives more numbers. */
function separatorOf(text: string): Separator {
  const start = text.slice(0, LOOKED_AT);
  const cut = start.length < text.length;
  let best: { separator: Separator; even: number; numbers: number } | null = null;
  for (const separator of SEPARATORS) {
    const { data } = Papa.parse<string[]>(start, { delimiter: separator, preview: RECORDS, skipEmptyLines: 'greedy' });
    const whole = cut && data.length < RECORDS ? data.slice(0, -1) : data;
    const records = separator === ' ' ? whole.map((cells) => cells.filter((cell) => cell !== '')) : whole;
    const [width, even] = commonest(records.map((cells) => cells.length));
    if (width < 2) continue;
    const cells = records.slice(1).flat();
    const numbers = cells.filter(isNumber).length / Math.max(1, cells.length);
    const share = even / records.length;
    if (!best || share > best.even + 1e-9 || (share > best.even - 1e-9 && numbers > best.numbers + 0.05)) {
      best = { separator, even: share, numbers };
    }
  }
  return best?.separator ?? ',';
}

const isNumber = (cell: string): boolean =>
  numberOf(cell, { decimal: '.', thousands: ',' }) !== null ||
  numberOf(cell, { decimal: ',', thousands: '.' }) !== null ||
  kindOf(cell, { decimal: '.', thousands: '' }) === 'missing';

function commonest(numbers: readonly number[]): [value: number, count: number] {
  const counts = new Map<number, number>();
  for (const one of numbers) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0]);
}
