/** The refs that the strip leads to, and the units of a layer as they are written. */

import type { Trace } from '../api/types';
import { shapeOf } from '../lookup';
import { plainSymbol } from '../maths/names';
import { formatRef, gradientOf } from '../refs';
import { type Joints, listed, type Part, type Sentence } from '../say';

/** So many are named; the others are counted. */
export const NAMED = 6;

/** The output of a unit in a sample; of a channel, its first pixel. */
export function outputRef(trace: Trace, layer: string, unit: number, sample: number): string {
  const axes = shapeOf(trace.tensors[`${layer}.output`]).length;
  const pixel = Array.from({ length: Math.max(0, axes - 2) }, () => 0);
  return formatRef({ name: layer, part: 'output', state: null, derivative: null, index: [sample, unit, ...pixel] });
}

export const gradientRef = (trace: Trace, layer: string, sample: number): string =>
  gradientOf(outputRef(trace, layer, 0, sample));

/** "h₂ and h₃": each leads to its output. What is said holds in all samples, so none is written. */
export function unitsNamed(
  trace: Trace,
  layer: string,
  units: readonly number[],
  sample: number,
  words: { and: Joints; more: (count: number) => string },
): Sentence {
  const named = units.length > NAMED + 1 ? units.slice(0, NAMED) : units;
  const parts: Part[] = named.map((unit) => ({
    symbol: plainSymbol(trace, `${layer}.output[0,${unit}]`),
    ref: outputRef(trace, layer, unit, sample),
  }));
  if (named.length < units.length) parts.push(words.more(units.length - named.length));
  return listed(
    parts.map((part) => [part]),
    words.and,
  );
}
