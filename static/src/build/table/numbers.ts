/** Classifies a cell of a table: a number in the notation of its file, a gap, a date, or a text. */

/** Separators between the cells of a row. */
export const SEPARATORS = ['\t', ';', '|', ',', ' '] as const;
export type Separator = (typeof SEPARATORS)[number];

/** How a file writes numbers: its decimal sign, and its thousands separator, if any. */
export interface Style {
  decimal: '.' | ',';
  thousands: '' | ',' | '.' | ' ' | "'";
}

export type Kind = 'number' | 'missing' | 'date' | 'text' | 'huge';

/** An ambiguous number, and its value in each of two styles; `null` where it is not a number. */
export interface Question {
  row: number;
  column: number;
  text: string;
  choices: { style: Style; value: number | null }[];
}

const PLAIN = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const GAPS = /^(?:|na|n\/a|#n\/a|nan|null|none|nil|missing|\?|-|–|—|--|\.)$/i;
const DATES =
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d.*)?|\d{1,2}\.\d{1,2}\.\d{2,4}|\d{1,2}\/\d{1,2}\/\d{2,4}|\d{1,2}:\d{2}(?::\d{2})?)$/;

/** The number in a cell, infinite if float64 cannot represent it, or `null`. */
export function numberOf(text: string, { decimal, thousands }: Style): number | null {
  // Most cells are plain numbers, and tables are long.
  if (decimal === '.' && PLAIN.test(text)) return Number(text);
  let digits = text.trim().replace(/[−–]/g, '-');
  if (thousands) {
    const mark =
      thousands === '.' ? '\\.' : thousands === ' ' ? '[ \\u00a0\\u202f\\u2009]' : thousands === "'" ? "['’]" : ',';
    const grouped = new RegExp(`^[+-]?\\d{1,3}(?:${mark}\\d{3})+(?:[${decimal}]\\d*)?$`);
    if (grouped.test(digits)) digits = digits.replace(new RegExp(mark, 'g'), '');
  }
  if (decimal === ',') {
    if (digits.includes('.')) return null;
    digits = digits.replace(',', '.');
  }
  return PLAIN.test(digits) ? Number(digits) : null;
}

export function kindOf(text: string, style: Style): Kind {
  const value = numberOf(text, style);
  if (value !== null) return Number.isFinite(value) ? 'number' : 'huge';
  const bare = text.trim();
  if (GAPS.test(bare)) return 'missing';
  return DATES.test(bare) ? 'date' : 'text';
}

/** Patterns for the notations of numbers, in the order in which a cell is tested. */
const SIGNS = {
  commaGroups: /^[+-]?[1-9]\d{0,2}(?:(?:,\d{3}){2,}(?:\.\d*)?|(?:,\d{3})+\.\d*)$/,
  pointGroups: /^[+-]?[1-9]\d{0,2}(?:(?:\.\d{3}){2,}(?:,\d*)?|(?:\.\d{3})+,\d*)$/,
  blankGroups: /^[+-]?[1-9]\d{0,2}(?:[ \u00a0\u202f\u2009]\d{3})+(?:[.,]\d*)?$/,
  apostrophes: /^[+-]?[1-9]\d{0,2}(?:['’]\d{3})+(?:[.,]\d*)?$/,
  either: /^[+-]?[1-9]\d{0,2},\d{3}$/,
  comma: /^[+-]?\d*,\d+(?:e[+-]?\d+)?$/i,
  point: /^[+-]?(?:\d+\.\d*|\.\d+)(?:e[+-]?\d+)?$/i,
} as const;
type Sign = keyof typeof SIGNS;

/** How often each notation occurs in the cells of a table, and where it occurs first. */
export interface Evidence {
  counts: Record<Sign, number>;
  first: Partial<Record<Sign, { row: number; column: number; text: string }>>;
}

const MARKED = /\d[,.'’ \u00a0\u202f\u2009]\d|^[+-]?[.,]\d|\d\.$/;
const LONGEST = 60;

export function evidence(rows: Iterable<{ number: number; cells: readonly string[] }>): Evidence {
  const found: Evidence = {
    counts: { commaGroups: 0, pointGroups: 0, blankGroups: 0, apostrophes: 0, either: 0, comma: 0, point: 0 },
    first: {},
  };
  for (const { number, cells } of rows) {
    for (const [column, cell] of cells.entries()) {
      if (cell.length > LONGEST || !MARKED.test(cell)) continue;
      const text = cell.trim();
      const sign = (Object.keys(SIGNS) as Sign[]).find((one) => SIGNS[one].test(text));
      if (!sign) continue;
      found.counts[sign]++;
      found.first[sign] ??= { row: number, column, text };
    }
  }
  return found;
}

/** The decimal sign that the cells imply; if the thousands separator is ambiguous, the user is asked. */
export function styleOf({ counts, first }: Evidence): { style: Style; question: Question | null } {
  const decimal = counts.comma + counts.pointGroups > counts.point + counts.commaGroups ? ',' : '.';
  const style: Style = { decimal, thousands: '' };
  const grouped =
    decimal === '.'
      ? ([
          ['commaGroups', ','],
          ['either', ','],
          ['blankGroups', ' '],
          ['apostrophes', "'"],
        ] as const)
      : ([
          ['pointGroups', '.'],
          ['blankGroups', ' '],
          ['apostrophes', "'"],
        ] as const);
  const [sign, thousands] = grouped.find(([one]) => counts[one] > 0) ?? [];
  const where = sign && first[sign];
  if (!where || !thousands) return { style, question: null };
  // If no other number decides, the comma of 1,408 may be a decimal comma.
  const other: Style = sign === 'either' && counts.point === 0 ? { decimal: ',', thousands: '' } : style;
  const choices = [{ decimal, thousands } as Style, other].map((one) => ({
    style: one,
    value: numberOf(where.text, one),
  }));
  return { style, question: { ...where, choices } };
}
