/** The weights into a wide column as one picture: a row for each input, a column for each unit. Pure geometry. */

import type { LayerTrace, Matrix, Stage, Trace } from '../api/types';
import type { Quantity } from '../model/choices';
import { type Column, isJoining } from '../model/columns';
import type { Piece } from '../model/cursor';
import type { Box } from '../model/layout';
import { MOST_LINES } from '../model/picture';
import { gradientOf, nextOf } from '../model/refs';
import { quantityOf } from './edgeStyle';

export interface Heat {
  layer: LayerTrace;
  weights: Matrix;
  /** The shown quantity, row by row; empty until it arrives. */
  values: Matrix;
  box: Box;
}

/** One for each column with too many lines. */
export function heatsOf(trace: Trace, columns: readonly Column[], between: readonly Box[], quantity: Quantity): Heat[] {
  return columns.flatMap(({ layers: [layer], edges }, place) => {
    const box = between[place - 1];
    if (!layer || !isJoining(layer) || edges <= MOST_LINES || !box) return [];
    const of = (shown: Quantity) => (quantityOf(trace, `${layer.name}.w`, shown) ?? []) as Matrix;
    return [{ layer, weights: of('weight'), values: of(quantity), box }];
  });
}

/** The ref of a cell: a weight, its gradient or its next value. */
export function heatRef({ name }: LayerTrace, [row, column]: readonly [number, number], shown: Quantity): string {
  const ref = `${name}.w[${row},${column}]`;
  if (shown === 'gradient') return gradientOf(ref);
  return shown === 'next' ? nextOf(ref) : ref;
}

/** The ref with which the number of a cell is known: a product with the sum that it belongs to. */
export function knownWith(layer: LayerTrace, cell: readonly [number, number], shown: Quantity, sample: number): string {
  return shown === 'product' ? `${layer.output}[${sample},${cell[1]}]` : heatRef(layer, cell, shown);
}

/** The factors of the product of a cell. */
export const factorsOf = ({ name, inputs }: LayerTrace, [row, column]: readonly [number, number], sample: number) => [
  `${name}.w[${row},${column}]`,
  `${inputs[0]}[${sample},${row}]`,
];

/** The cell at a point of the picture, whose coordinates are from 0 to 1. */
export function cellAt(values: Matrix, across: number, down: number): { row: number; column: number } | null {
  const [rows, columns] = [values.length, values[0]?.length ?? 0];
  if (across < 0 || down < 0 || across >= 1 || down >= 1 || rows === 0 || columns === 0) return null;
  return { row: Math.floor(down * rows), column: Math.floor(across * columns) };
}

export interface Band {
  row: number | null;
  column: number | null;
}

/** The row or column that the current step computes. */
export function bandOf({ stage, first, end }: Piece, layer: string): Band | null {
  if (stage.layer !== layer || end - first > 1) return null;
  return ROWS.has(stage.computes) ? { row: first, column: null } : { row: null, column: first };
}

const ROWS: ReadonlySet<Stage['computes']> = new Set(['input_gradient']);
