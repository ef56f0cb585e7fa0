/** Those nodes and edges of a network that are drawn. The service lists all of a small one; of a large one they are looked up. */

import type { LayerTrace, Matrix, Trace, TraceEdge, TraceNode } from '../api/types';
import { symbolOf } from '../maths/names';
import { inputsOf } from '../rows';
import { type Column, isJoining, outputColumn } from './columns';
import type { Shown } from './windows';

export interface Picture {
  nodes: TraceNode[];
  edges: TraceEdge[];
}

/** Above so many lines into a column they are not drawn as lines, but as one picture of their weights. */
export const MOST_LINES = 2_000;

export function pictureOf(
  trace: Trace,
  columns: readonly Column[],
  shown: readonly Shown[],
  most: number = MOST_LINES,
): Picture {
  return trace.nodes && trace.edges ? listed(trace, shown) : lookedUp(trace, columns, shown, most);
}

function listed({ nodes, edges }: Trace, shown: readonly Shown[]): Picture {
  if (shown.every(({ gaps }) => gaps.length === 0)) return { nodes: nodes ?? [], edges: edges ?? [] };
  const sets = shown.map(({ units }) => new Set(units));
  const kept = (nodes ?? []).filter(({ layer, index }) => index === null || sets[layer]?.has(index));
  const ids = new Set(kept.map(({ id }) => id));
  return { nodes: kept, edges: (edges ?? []).filter(({ source, target }) => ids.has(source) && ids.has(target)) };
}

function lookedUp(trace: Trace, columns: readonly Column[], shown: readonly Shown[], most: number): Picture {
  const nodes: TraceNode[] = [];
  const edges: TraceEdge[] = [];
  let before: TraceNode[] = [];
  columns.forEach(({ layers, edges: lines }, place) => {
    const units = (shown[place]?.units ?? []).map((unit) =>
      place > outputColumn(trace, columns) ? probabilityOf(trace, place, unit) : unitOf(trace, columns, place, unit),
    );
    const [first] = layers;
    if (first && isJoining(first)) {
      const bias = first.parameters.b ? [biasOf(trace, first, place - 1)] : [];
      nodes.push(...bias);
      if (lines <= most) edges.push(...joined(trace, first, [...bias, ...before], units));
    }
    nodes.push(...units);
    before = units;
  });
  return { nodes, edges };
}

function unitOf(trace: Trace, columns: readonly Column[], place: number, unit: number): TraceNode {
  const { sample } = trace;
  const layers = columns[place]?.layers ?? [];
  const [first, last] = [layers[0], layers.at(-1)];
  const ref = last ? `${last.name}.output[${sample},${unit}]` : `x[${sample},${unit}]`;
  const at = (tensor: Matrix | undefined) => tensor?.[sample]?.[unit] ?? Number.NaN;
  const label = plainSymbol(trace, ref);
  const pre = first && first !== last ? `${first.name}.output[${sample},${unit}]` : null;
  return {
    id: label,
    role: place === 0 ? 'input' : place === outputColumn(trace, columns) ? 'output' : 'hidden',
    label,
    layer: place,
    index: unit,
    ref,
    value: at(last ? last.output : (inputsOf(trace) as Matrix)),
    gradient: at(last ? last.output_gradient : trace.layers[0]?.input_gradient),
    pre:
      pre === null
        ? null
        : {
            label: plainSymbol(trace, pre),
            value: at(first?.output),
            gradient: at(first?.output_gradient),
            ref: pre,
          },
  };
}

/** What the loss makes of an output. */
function probabilityOf(trace: Trace, place: number, unit: number): TraceNode {
  const ref = `loss.p[${trace.sample},${unit}]`;
  const label = plainSymbol(trace, ref);
  const at = (tensor: Matrix | null | undefined) => tensor?.[trace.sample]?.[unit] ?? Number.NaN;
  const [value, gradient] = [at(trace.loss.p?.value), at(trace.loss.p?.gradient)];
  return { id: label, role: 'probability', label, layer: place, index: unit, ref, value, gradient, pre: null };
}

export function biasOf(trace: Trace, { name }: LayerTrace, place: number): TraceNode {
  const ref = `${name}.one[${trace.sample}]`;
  const label = symbolOf(trace, ref);
  return { id: label, role: 'bias', label, layer: place, index: null, value: 1, gradient: null, ref, pre: null };
}

export function joined(trace: Trace, layer: LayerTrace, sources: TraceNode[], targets: TraceNode[]): TraceEdge[] {
  return sources.flatMap((source) =>
    targets.map((target) => {
      const part = source.role === 'bias' ? 'b' : 'w';
      const [j, k] = [source.index ?? 0, target.index ?? 0];
      const ref = `${layer.name}.${part}[${part === 'b' ? k : `${j},${k}`}]`;
      const { value, gradient, next } = layer.parameters[part] ?? {};
      const at = (tensor: number[] | Matrix | undefined) => {
        const row = part === 'b' ? tensor : tensor?.[j];
        return ((row as number[] | undefined)?.[k] as number | undefined) ?? null;
      };
      const weight = at(value);
      return {
        id: ref,
        source: source.id,
        target: target.id,
        ref,
        label: symbolOf(trace, ref),
        weight,
        gradient: at(gradient),
        next: at(next),
        product: weight === null ? null : weight * source.value,
      };
    }),
  );
}

/** The sample is chosen for the whole picture; in it a label needs none. */
const plainSymbol = (trace: Trace, ref: string): string => symbolOf(trace, ref).replace(/\^\[\d+\]$/, '');
