/** Units that stop the gradient: their mark, the refs that lead to them, and how several are named. */

import type { Trace } from '../api/types';
import { type Joints, listed, type Part, type Sentence } from '../maths/sentences';
import { functionsOf, stuckOf } from '../model/functions';
import { shapeOf } from '../model/lookup';
import { placeOf } from '../model/picture';
import { formatRef, gradientOf, plainSymbol } from '../model/refs';
import { cursor, sample, trace } from '../state/store';
import { columns } from '../state/visibleGraph';
import { texts } from '../texts';
import { SentenceText } from './SentenceText';

/** Recognized by shape: a crossed box for what is dead, a curve that has gone flat for what is saturated. */
const PATHS = { dead: 'M2.5 2.5h11v11h-11zM5.5 5.5l5 5M10.5 5.5l-5 5', saturated: 'M1.5 13c5 0 3.5-9.5 7-9.5h6' };

export function Sign({ kind }: { kind: keyof typeof PATHS }) {
  return (
    <svg class={`flow-sign flow-${kind}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[kind]} />
    </svg>
  );
}

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

const words = texts.flow;

/** Of a unit that nothing comes back through, and of what leads into it: why its gradient is 0. */
export function StuckNote({ of: ref }: { of: string }) {
  const current = trace.value;
  if (!current) return null;
  const place = placeOf(current, columns.value, ref).at(-1);
  const found =
    place && stuckOf(functionsOf(columns.value)[place.column] ?? [], place.unit, current.stages, cursor.value);
  if (!found) return null;
  const named = unitsNamed(current, found.layer, [place.unit], sample.value, words);
  return (
    <p class="stuck-note" role="note">
      <Sign kind={found.kind} />{' '}
      <span>
        <SentenceText leads of={words[found.kind](named, found.layer, 1)} />
      </span>
    </p>
  );
}
