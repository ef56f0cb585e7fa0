/** The lines of a network of single units, with its weights and biases at one moment of a training. Pure. */

import type { LayerTrace, Tensor, Trace } from '../api/types';
import { isJoining } from '../model/columns';
import { type Point, type Size, strengthOf, THICK, THIN } from '../model/geometry';
import { numberAt } from '../model/lookup';

/** A weight, from a unit to a unit of the next column, or a bias. */
export interface Line {
  ref: string;
  parameter: string;
  index: readonly number[];
  from: Point;
  to: Point;
}

export interface Lines {
  units: readonly (Point & { kind: 'input' | 'hidden' | 'output' | 'bias' })[];
  lines: readonly Line[];
  radius: number;
}

/** With more lines, or more units in a column, a picture shows nothing. */
const MOST_LINES = 600;
const MOST_UNITS = 40;

export type Parameters = Readonly<Record<string, Tensor | null | undefined>>;

/** The places of all units and lines; null unless every layer with parameters joins all units of two columns. */
export function linesOf({ layers }: Pick<Trace, 'layers'>, parameters: Parameters, size: Size): Lines | null {
  const joining = layers.filter((layer) => layer.parameters.length > 0);
  const shapes = joining.map((layer) => shapeOf(layer, parameters));
  const [first] = shapes;
  if (!first || shapes.some((shape) => shape === null)) return null;
  const counts = [first[0], ...shapes.map((shape) => shape?.[1] ?? 0)];
  const biased = joining.map(({ name }) => parameters[`${name}.b`] !== undefined);
  const heights = counts.map((count, column) => count + Number(biased[column] ?? false));
  const all = shapes.reduce((sum, shape) => sum + (shape ? (shape[0] + 1) * shape[1] : 0), 0);
  if (Math.max(...heights) > MOST_UNITS || all > MOST_LINES) return null;
  const apart = size.height / Math.max(...heights);
  const radius = Math.max(2, Math.min(9, apart * 0.36));
  const x = (column: number) => radius + 2 + (column / (counts.length - 1)) * (size.width - 2 * radius - 4);
  // The bias is the first of its column.
  const place = (column: number, row: number): Point => ({
    x: x(column),
    y: size.height / 2 + (row - ((heights[column] ?? 1) - 1) / 2) * apart,
  });
  const unit = (column: number, index: number) => place(column, index + Number(biased[column] ?? false));
  const units = counts.flatMap((count, column) => {
    const kind = column === 0 ? 'input' : column === counts.length - 1 ? 'output' : 'hidden';
    const own = Array.from({ length: count }, (_, index) => ({ ...unit(column, index), kind }) as const);
    return biased[column] ? [{ ...place(column, 0), kind: 'bias' as const }, ...own] : own;
  });
  const lines = joining.flatMap(({ name }, column) => {
    const [sources = 0, targets = 0] = shapes[column] ?? [];
    const line = (parameter: string, index: number[], from: Point): Line => ({
      ref: `${parameter}[${index.join()}]`,
      ...{ parameter, index, from, to: unit(column + 1, index.at(-1) ?? 0) },
    });
    return Array.from({ length: targets }, (_, to) => [
      ...(biased[column] ? [line(`${name}.b`, [to], place(column, 0))] : []),
      ...Array.from({ length: sources }, (_, from) => line(`${name}.w`, [from, to], unit(column, from))),
    ]).flat();
  });
  return { units, lines, radius };
}

/** How many units a layer joins with how many; null if its parameters are not weights between single units. */
function shapeOf(layer: LayerTrace, parameters: Parameters): [number, number] | null {
  const weights = parameters[`${layer.name}.w`];
  if (!isJoining(layer) || !Array.isArray(weights) || !Array.isArray(weights[0])) return null;
  return typeof weights[0][0] === 'number' ? [weights.length, weights[0].length] : null;
}

export interface Drawn {
  value: number;
  width: number;
  strength: number;
  negative: boolean;
}

/** How each line is drawn: its width by its number, relative to the largest of all. */
export function drawnLines({ lines }: Lines, parameters: Parameters): Drawn[] {
  const values = lines.map(({ parameter, index }) => numberAt(parameters[parameter] ?? undefined, index) ?? Number.NaN);
  const largest = values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
  return values.map((value) => {
    const strength = strengthOf(Math.abs(value), largest);
    return { value, strength, width: THIN + (THICK - THIN) * strength, negative: value < 0 };
  });
}
