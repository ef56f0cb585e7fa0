/**
 * The batch as a sheet: a row for each sample, a column for each input, then one for each target or one for the class,
 * if there are targets.
 */

import type { NetworkDocument } from '../api/types';
import { rowsAt, rowsOf, withRows } from './given';
import { shapeOf } from './lookup';

export interface Sheet {
  inputs: number;
  targets: number;
  /** The targets are classes, one number for each sample. */
  classes: boolean;
  rows: readonly (readonly number[])[];
  /** The rows belong to a table, and have another place in the document. */
  ofTable?: boolean;
}

/** `null` if a sample or a target has more than one axis, which a sheet cannot show. */
export function sheetOf(document: Pick<NetworkDocument, 'x' | 'y' | 'data'>): Sheet | null {
  const { x, y } = rowsOf(document);
  const [, inputs, ...deeper] = shapeOf(x);
  const [, targets, ...deepest] = shapeOf(y);
  if (inputs === undefined || deeper.length || deepest.length) return null;
  // A loss may have no targets.
  const targetless = y.length === 0;
  const rows = (x as number[][]).map((row, sample) => {
    const target = y[sample] as number | number[] | undefined;
    return [...row, ...(Array.isArray(target) ? target : target === undefined ? [] : [target])];
  });
  return {
    inputs,
    targets: targetless ? 0 : (targets ?? 1),
    classes: !targetless && targets === undefined,
    rows,
    ...(document.data ? { ofTable: true } : {}),
  };
}

/** The document with the sheet's numbers as its batch. */
export function withSheet(document: NetworkDocument, { inputs, targets, classes, rows }: Sheet): NetworkDocument {
  const x = rows.map((row) => row.slice(0, inputs));
  if (targets === 0) return { ...withRows(document, { x }), input_shape: [inputs] };
  const y = rows.map((row) => (classes ? (row[inputs] ?? 0) : row.slice(inputs))) as NonNullable<NetworkDocument['y']>;
  return { ...withRows(document, { x, y }), input_shape: [inputs] };
}

/** The pointer of a cell's number in the document. */
export function pointerOf(sheet: Sheet, row: number, column: number): string {
  const target = sheet.classes ? `/y/${row}` : `/y/${row}/${column - sheet.inputs}`;
  return rowsAt({ data: sheet.ofTable }, column < sheet.inputs ? `/x/${row}/${column}` : target);
}

export const widthOf = ({ inputs, targets }: Sheet): number => inputs + targets;

/** Inserts a copy of a row below it, for editing. */
export function withRow(sheet: Sheet, after: number): Sheet {
  const row = sheet.rows[after] ?? Array<number>(widthOf(sheet)).fill(0);
  return { ...sheet, rows: sheet.rows.toSpliced(after + 1, 0, row) };
}

/** The last row cannot be removed: a batch has at least one sample. */
export function withoutRow(sheet: Sheet, row: number): Sheet {
  return sheet.rows.length > 1 ? { ...sheet, rows: sheet.rows.toSpliced(row, 1) } : sheet;
}

/** Changes the number of inputs and targets: columns are cut off, or filled with 0. */
export function resized(sheet: Sheet, inputs: number, targets: number): Sheet {
  const sized = (row: readonly number[], size: number): number[] =>
    Array.from({ length: size }, (_, place) => row[place] ?? 0);
  const rows = sheet.rows.map((row) => [
    ...sized(row.slice(0, sheet.inputs), inputs),
    ...(sheet.classes ? row.slice(sheet.inputs) : sized(row.slice(sheet.inputs), targets)),
  ]);
  return { ...sheet, inputs, targets: sheet.classes ? 1 : targets, rows };
}

/** Converts targets to classes, each the index of its largest number, or to one-hot rows of length `outputs`. */
export function withClasses(sheet: Sheet, classes: boolean, outputs: number): Sheet {
  if (classes === sheet.classes) return sheet;
  const rows = sheet.rows.map((row) => {
    const inputs = row.slice(0, sheet.inputs);
    const targets = row.slice(sheet.inputs);
    if (classes) return [...inputs, targets.indexOf(Math.max(...targets))];
    return [...inputs, ...Array.from({ length: outputs }, (_, unit) => (unit === targets[0] ? 1 : 0))];
  });
  return { ...sheet, classes, targets: classes ? 1 : outputs, rows };
}
