/** Which symbol a ref is written with: the same notation as the service's, for what no answer of it labels. */

import type { Trace } from '../api/types';
import { canonical, parseRef, type Ref } from '../refs';
import { samplesOf } from '../rows';

export function symbolOf(trace: Trace, ref: string): string {
  const parsed = parseRef(canonical(trace.layers, ref));
  if (!parsed) return ref;
  const sample = samplesOf(trace.document) > 1 && parsed.index.length > 1 ? `^[${(parsed.index[0] ?? 0) + 1}]` : '';
  const unit = written(parsed.index.slice(1));
  const partial = parsed.derivative === 'grad' ? '∂ℓ/∂' : '';
  if (parsed.name === 'loss') return parsed.part ? `${partial}p_${unit}${sample}` : 'ℓ';
  if (parsed.name === 'lr') return 'η';
  if (parsed.name === 'x' || parsed.name === 'y') return `${partial}${parsed.name}_${unit}${sample}`;
  if (parsed.part === 'output') return outputSymbol(trace, parsed, unit) + sample;
  if (parsed.part === 'one') return partial + biasSymbol(trace, parsed.name);
  if (parsed.part === 'mask' || parsed.part === 'normalized') {
    return `${KEPT[parsed.part]}_${unit}^(${numberOf(trace, parsed.name)})${sample}`;
  }
  return partial + parameterSymbol(trace, parsed);
}

const KEPT: Readonly<Record<string, string>> = {
  mask: 'r',
  mean: 'μ',
  variance: 'σ²',
  normalized: 'x̂',
  running_mean: 'μ̄',
  running_variance: 'σ̄²',
};
const PARAMETERS: Readonly<Record<string, string>> = { gamma: 'γ', beta: 'β' };
const STATES: Readonly<Record<string, string>> = { velocity: 'v', mean: 'm', square: 's', count: 't' };

/** Indices count from 1; they are set apart once one has two digits, and a single one has a comma behind it then. */
function written(index: readonly number[]): string {
  const digits = index.map((place) => String(place + 1));
  const separator = digits.some((digit) => digit.length > 1) ? ',' : '';
  return digits.join(separator) + (digits.length === 1 ? separator : '');
}

/** The layer's number: layers with parameters are counted, from 1. */
function numberOf(trace: Trace, name: string): number {
  const place = trace.layers.findIndex((layer) => layer.name === name);
  return trace.layers.slice(0, place + 1).filter(hasParameters).length;
}

function outputSymbol(trace: Trace, { name, derivative }: Ref, unit: string): string {
  const place = trace.layers.findIndex((layer) => layer.name === name);
  const layer = trace.layers[place];
  const next = trace.layers.find(({ inputs }) => inputs.includes(`${name}.output`));
  const number = numberOf(trace, name);
  if (derivative === 'grad' && layer && hasParameters(layer)) return `∇_${unit}^(${number})`;
  const partial = derivative === 'grad' ? '∂ℓ/∂' : '';
  if (!next) return `${partial}ŷ_${unit}`;
  const base = hasParameters(next) ? 'h' : layer && hasParameters(layer) ? 'z' : `a${primes(trace, place)}`;
  return `${partial}${base}_${unit}^(${number})`;
}

/** As many primes as layers of the same unit stand between z and this one. */
function primes(trace: Trace, place: number): string {
  const before = trace.layers.slice(0, place);
  return '′'.repeat(place - 1 - before.findLastIndex(hasParameters));
}

function biasSymbol(trace: Trace, name: string): string {
  const source = parseRef(trace.layers.find((layer) => layer.name === name)?.inputs[0] ?? 'x');
  return source?.part ? `h_0^(${numberOf(trace, source.name)})` : 'x_0';
}

function parameterSymbol(trace: Trace, { name, part, state, derivative, index }: Ref): string {
  const above = `^(${numberOf(trace, name)}${derivative === 'next' ? ',new' : ''})`;
  const own = PARAMETERS[part ?? ''] ?? KEPT[part ?? ''] ?? part ?? '';
  if (state === null) return `${own}_${written(index)}${above}`;
  // w and b are told apart by their indices; where nothing tells, the parameter stands in brackets.
  const letter = STATES[state] ?? state;
  const base = state === 'count' || own !== part ? `${letter}(${own})` : letter;
  return state === 'count' ? base + above : `${base}_${written(index)}${above}`;
}

const hasParameters = ({ parameters }: Trace['layers'][number]): boolean => parameters.length > 0;
