/** Numbers pasted into a matrix, from one of its fields on; a row beneath all weights is that of the biases. */

import type { Settings } from '../../model/layer-settings';
import type { Tensor } from '../../model/lookup';
import { readMatrix } from './matrix-text';

/** Printed by a program, with brackets or words, its rows may be another's columns: then one has to look at it first. */
const PLAIN = /^[\d\s.,;+\-−–/eE]*$/;

/** Parameters with all their numbers. */
export type Parts = Readonly<Record<string, number[] | number[][]>>;

/** The parameters that change; `null` where the text does not fit as it stands. */
export function pasted(layer: Settings, part: string, [row, column]: [number, number], text: string): Parts | null {
  if (!PLAIN.test(text)) return null;
  const given = layer[part] as Tensor[];
  const isVector = !Array.isArray(given[0]);
  const rows = (isVector ? [given] : given) as number[][];
  const bias = part === 'w' && Array.isArray(layer.b) ? [layer.b as number[]] : [];
  const all = [...rows, ...bias].map((one) => [...one]);
  const numbers = read(text, isVector ? [1] : [rows.length - row, all.length - row], (rows[0]?.length ?? 0) - column);
  if (!numbers) return null;
  for (const [down, line] of numbers.entries()) {
    for (const [right, number] of line.entries()) {
      const target = all[row + down];
      if (target?.[column + right] === undefined) return null;
      target[column + right] = number;
    }
  }
  const own = all.slice(0, rows.length);
  const changed: Parts = { [part]: isVector ? (own[0] ?? []) : own };
  return row + numbers.length > rows.length ? { ...changed, b: all.at(-1) ?? [] } : changed;
}

/** Where a comma could mean either, the reading counts that fills so many rows. */
function read(text: string, heights: readonly number[], width: number): number[][] | null {
  const readings = heights.map((height) => readMatrix(text, [height, width]));
  const found = readings.find(({ kind }) => kind === 'fits') ?? readings[0];
  if (found?.kind !== 'fits' && found?.kind !== 'other') return null;
  const value = found.value as Tensor[];
  const [height = 1] = found.shape.length > 1 ? found.shape : [];
  // A row is no column, but to a vector.
  if (found.kind === 'fits' && heights.length > 1 && !heights.includes(height)) return null;
  return (Array.isArray(value[0]) ? value : [value]) as number[][];
}
