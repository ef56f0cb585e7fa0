/** Units that block the gradient: their mark, the refs that link to them, and the names of several. */

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

/** Recognizable by shape: a crossed box for dead units, a curve that flattens for saturated ones. */
const PATHS = { dead: 'M2.5 2.5h11v11h-11zM5.5 5.5l5 5M10.5 5.5l-5 5', saturated: 'M1.5 13c5 0 3.5-9.5 7-9.5h6' };

export function Sign({ kind }: { kind: keyof typeof PATHS }) {
  return (
    <svg class={`flow-sign flow-${kind}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[kind]} />
    </svg>
  );
}

/** This many are named; the others are counted. */
export const NAMED = 6;

/** The output of a unit for a sample; of a channel, its first pixel. */
export function outputRef(trace: Trace, layer: string, unit: number, sample: number): string {
  const axes = shapeOf(trace.tensors[`${layer}.output`]).length;
  const pixel = Array.from({ length: Math.max(0, axes - 2) }, () => 0);
  return formatRef({ name: layer, part: 'output', state: null, derivative: null, index: [sample, unit, ...pixel] });
}

export const gradientRef = (trace: Trace, layer: string, sample: number): string =>
  gradientOf(outputRef(trace, layer, 0, sample));

/** "h₂ and h₃": each links to its output. The statement holds for all samples, so no sample is written. */
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

/** For a unit that lets no gradient through, and for the parts that lead into it: the reason why the gradient is 0. */
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
