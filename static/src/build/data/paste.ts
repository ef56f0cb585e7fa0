/** Rows pasted into the sheet; invalid ones are reported and change nothing. */

import { type Sheet, widthOf } from '../../model/sheet';
import { parseNumber } from '../../numbers/parse';
import { evidence, kindOf, styleOf } from '../table/numbers';
import type { Row } from '../table/parse';

export type Misfit =
  | { kind: 'empty' }
  /** It has a heading, is wider than the sheet, or has ambiguous numbers: it is shown before it is used. */
  | { kind: 'table' }
  | { kind: 'number'; row: number; column: number; text: string }
  | { kind: 'long'; rows: number; most: number }
  | { kind: 'class'; row: number; text: string };

export type Outcome = { sheet: Sheet; pasted: number } | { misfit: Misfit };

/** Pastes cell by cell, starting at one cell; rows beyond the last become new samples. */
export function pasted(sheet: Sheet, row: number, column: number, table: readonly Row[], most: number): Outcome {
  const columns = Math.max(0, ...table.map(({ cells }) => cells.length));
  if (columns === 0) return { misfit: { kind: 'empty' } };
  const { style, question } = styleOf(evidence(table));
  const heading = table.length > 1 && table[0]?.cells.every((cell) => kindOf(cell, style) === 'text');
  if (heading || question || columns > widthOf(sheet) - column) return { misfit: { kind: 'table' } };
  if (row + table.length > most) return { misfit: { kind: 'long', rows: row + table.length, most } };
  const rows = sheet.rows.map((one) => [...one]);
  for (const [down, { number, cells }] of table.entries()) {
    const place = row + down;
    rows[place] ??= [...(rows.at(-1) ?? [])];
    for (const [right, text] of cells.entries()) {
      const value = parseNumber(text);
      if (value === null) return { misfit: { kind: 'number', row: number, column: right + 1, text } };
      const isClass = sheet.classes && column + right === sheet.inputs;
      if (isClass && !isWhole(value)) return { misfit: { kind: 'class', row: number, text } };
      (rows[place] as number[])[column + right] = value;
    }
  }
  return { sheet: { ...sheet, rows }, pasted: table.length };
}

const isWhole = (value: number): boolean => Number.isInteger(value) && value >= 0;
