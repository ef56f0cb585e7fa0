/** A table pasted into the sheet, or a file in the place of all of it; what does not fit is told and changes nothing. */

import { parseNumber } from '../../numbers/parse';
import { type Sheet, widthOf } from './sheet';
import type { Table } from './table';

export type Misfit =
  | { kind: 'empty' }
  | { kind: 'number'; row: number; column: number; text: string }
  | { kind: 'wide'; columns: number; room: number }
  | { kind: 'narrow'; columns: number }
  | { kind: 'ragged'; row: number; columns: number; expected: number }
  | { kind: 'long'; rows: number; most: number }
  | { kind: 'class'; row: number; text: string };

export type Outcome =
  | {
      sheet: Sheet;
      /** Texts that stood for classes, in the order in which they are counted. */
      labels: readonly string[];
    }
  | { misfit: Misfit };

/** Cell by cell from one on; rows beyond the last are new samples. */
export function pasted(sheet: Sheet, row: number, column: number, table: Table, most: number): Outcome {
  const columns = Math.max(0, ...table.map((cells) => cells.length));
  const room = widthOf(sheet) - column;
  if (columns === 0) return { misfit: { kind: 'empty' } };
  if (columns > room) return { misfit: { kind: 'wide', columns, room } };
  if (row + table.length > most) return { misfit: { kind: 'long', rows: row + table.length, most } };
  const rows = sheet.rows.map((one) => [...one]);
  for (const [down, cells] of table.entries()) {
    const place = row + down;
    rows[place] ??= [...(rows.at(-1) ?? [])];
    for (const [right, text] of cells.entries()) {
      const value = parseNumber(text);
      if (value === null) return { misfit: { kind: 'number', row: down + 1, column: right + 1, text } };
      const isClass = sheet.classes && column + right === sheet.inputs;
      if (isClass && !isWhole(value)) return { misfit: { kind: 'class', row: down + 1, text } };
      (rows[place] as number[])[column + right] = value;
    }
  }
  return { sheet: { ...sheet, rows }, labels: [] };
}

/**
 * All of the batch from a file: its last columns are the targets, as many as there are now, and all before them inputs. A
 * first row of words is a heading. Where a last column has words, they are classes.
 */
export function fromFile(sheet: Sheet, file: Table, most: number): Outcome {
  const table = isHeading(file) ? file.slice(1) : file;
  const columns = table[0]?.length ?? 0;
  if (columns === 0) return { misfit: { kind: 'empty' } };
  const ragged = table.findIndex((cells) => cells.length !== columns);
  if (ragged >= 0) {
    const line = ragged + 1 + (file.length - table.length);
    return { misfit: { kind: 'ragged', row: line, columns: table[ragged]?.length ?? 0, expected: columns } };
  }
  if (table.length > most) return { misfit: { kind: 'long', rows: table.length, most } };
  const words = table.every((cells) => parseNumber(cells.at(-1) ?? '') === null);
  const labels = words ? [...new Set(table.map((cells) => cells.at(-1) ?? ''))].sort() : [];
  const numbers = words ? table.map((cells) => [...cells.slice(0, -1), labels.indexOf(cells.at(-1) ?? '')]) : table;
  const targets = words ? 1 : sheet.targets;
  if (columns <= targets) return { misfit: { kind: 'narrow', columns } };
  const empty = { inputs: columns - targets, targets, classes: words || sheet.classes, rows: [] };
  const texts = numbers.map((cells) => cells.map(String));
  const outcome = pasted(empty, 0, 0, texts, most);
  return 'sheet' in outcome ? { ...outcome, labels } : outcome;
}

/** So many rows of a file, after those of its heading. */
export const firstRows = (file: Table, most: number): Table => file.slice(0, isHeading(file) ? most + 1 : most);

/** Words in the place of numbers that all later rows have. */
function isHeading([first, second]: Table): boolean {
  const words = (cells: readonly string[] | undefined) =>
    cells?.filter((cell) => parseNumber(cell) === null).length ?? 0;
  return first !== undefined && second !== undefined && words(first) > words(second);
}

const isWhole = (value: number): boolean => Number.isInteger(value) && value >= 0;
