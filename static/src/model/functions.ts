/** The functions of the units: their curves as the service computes them, and which units pass no gradient back. */

import type { LayerTrace, Stage, Trace } from '../api/types';
import { type Column, isJoining } from './columns';
import { stageEnd } from './cursor';
import { valueAt } from './lookup';

export type Stuck = 'dead' | 'saturated';

export type Curve = NonNullable<LayerTrace['activation']>;

export interface UnitFunction {
  layer: LayerTrace;
  /** The curve of an elementwise function; other functions are labelled with their name. */
  curve: Curve | null;
}

/** For each column, the functions that its units apply to their sums, in order. */
export function functionsOf(columns: readonly Column[]): UnitFunction[][] {
  return columns.map(({ layers }) =>
    layers.filter((layer) => !isJoining(layer)).map((layer) => ({ layer, curve: layer.activation })),
  );
}

/** The random factor that a layer multiplies a unit by; `null` if it has none. */
export function factorOf(
  trace: Trace | null,
  { layer }: UnitFunction,
  sample: number,
  unit: number,
): { ref: string; value: number } | null {
  const ref = `${layer.name}.mask[${sample},${unit}]`;
  const value = trace && valueAt(trace, ref);
  return value === null ? null : { ref, value };
}

/** Which function of a unit is stuck, and how. This depends on all samples, so it is known at the end of the stage. */
export function stuckOf(
  functions: readonly UnitFunction[],
  unit: number,
  stages: readonly Stage[],
  cursor: number,
): { kind: Stuck; layer: string } | null {
  for (const { layer, curve } of functions) {
    const stage = stages.find((one) => one.layer === layer.name && one.computes === 'output');
    if (!stage || cursor < stageEnd(stage)) continue;
    if (curve?.dead?.includes(unit)) return { kind: 'dead', layer: layer.name };
    if (curve?.saturated?.includes(unit)) return { kind: 'saturated', layer: layer.name };
  }
  return null;
}

/** The size of the plate behind a curve. */
export const PLATE = { width: 34, height: 20 };
const INSET = 3;

export interface Drawn {
  curve: string;
  /** Where z and h are 0. */
  axes: string;
  /** A point of the curve; beyond its ends, the end. */
  at: (z: number) => { x: number; y: number };
}

/** A curve around the origin; each axis has the length of its range. */
export function drawnCurve({ least, most, values }: Curve): Drawn {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const [across, down] = [PLATE.width - 2 * INSET, PLATE.height - 2 * INSET];
  const x = (z: number) => ((z - least) / (most - least) - 0.5) * across;
  const y = (h: number) => (0.5 - (h - low) / (high - low || 1)) * down;
  const step = (most - least) / (values.length - 1);
  const round = (place: number) => Math.round(place * 100) / 100;
  const points = values.map((h, place) => `${round(x(least + place * step))} ${round(y(h))}`);
  return {
    curve: `M${points.join('L')}`,
    axes: `M${-across / 2} ${round(y(0))}h${across}M${round(x(0))} ${-down / 2}v${down}`,
    at: (z) => {
      const held = Math.min(most, Math.max(least, z));
      const place = (held - least) / step;
      const before = Math.min(values.length - 2, Math.floor(place));
      const [one = 0, other = 0] = [values[before], values[before + 1]];
      return { x: x(held), y: y(one + (other - one) * (place - before)) };
    },
  };
}

/** The centres of the plates of consecutive functions, which are placed side by side. */
export function placesOf(widths: readonly number[]): number[] {
  const whole = widths.reduce((sum, width) => sum + width + APART, -APART);
  let left = -whole / 2;
  return widths.map((width) => {
    const middle = left + width / 2;
    left += width + APART;
    return middle;
  });
}

const APART = 2;
