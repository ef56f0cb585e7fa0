/** A network on images in tables: for each layer its parameters, then its maps, or its units if it has a vector. */

import type { LayerTrace, Trace, TraceEdge, TraceNode } from '../api/types';
import { shownOf } from '../model/columns';
import { NO_FOCUS } from '../model/focus';
import { hasParameter, shapeOf, type Tensor, tensorAt, valueAt } from '../model/lookup';
import { biasOf, joined } from '../model/picture';
import { gradientOf, nextOf, parseRef, plainSymbol } from '../model/refs';
import { type Column, columnsOf, type Slice, slicesOf } from '../model/slices';
import { type Derivative, type Grid, type GridMoment, gridOf, placeOf } from './grids';
import { type EdgeRow, type Entry, edgeRow, entry, limited, MAX_ROWS, neededWeight } from './rows';

export interface NumberRow {
  ref: string;
  symbol: string;
  current: boolean;
  value: Entry;
  /** `null` if there is no such number. */
  gradient: Entry | null;
  next: Entry | null;
}

export interface LayerTables {
  column: Column;
  /** Its filters, or other parameters with more than one axis. */
  filters: readonly Grid[];
  moreFilters: number;
  /** Its biases, or other parameters with one axis. */
  parameters: readonly NumberRow[];
  weights: readonly EdgeRow[];
  moreWeights: number;
  maps: readonly Grid[];
  moreMaps: number;
  units: readonly NumberRow[];
  moreUnits: number;
}

export interface ImageMoment extends GridMoment {
  selected: string | null;
  derivative: (column: Column) => Derivative;
  parameter: (layer: LayerTrace) => Derivative;
  /** The ids of layers whose maps, or filters, are all listed. */
  opened: ReadonlySet<string>;
}

/** If not opened, only this many maps and filters of a layer are listed. */
export const MAX_MAPS = 4;
export const MAX_FILTERS = 8;

export function imageTables(trace: Trace, at: ImageMoment): LayerTables[] {
  return columnsOf(trace).map((column) => {
    const vector = column.shape.length === 1;
    const [maps, moreMaps] = gridsOf(
      trace,
      vector ? [] : column.slices,
      at.derivative(column),
      column.id,
      MAX_MAPS,
      at,
    );
    const units = vector ? unitsOf(trace, column, at) : [];
    return {
      column,
      ...parametersOf(trace, column.layer, at),
      maps,
      moreMaps,
      units,
      moreUnits: vector ? (column.shape[0] ?? 0) - units.length : 0,
    };
  });
}

/** The id under which all filters of a layer are opened. */
export const filtersId = (layer: string): string => `${layer}.w`;

function parametersOf(trace: Trace, layer: LayerTrace | null, at: ImageMoment) {
  const none = { filters: [], moreFilters: 0, parameters: [], weights: [], moreWeights: 0 };
  if (!layer) return none;
  if (layer.joins) {
    const all = layer.parameters.reduce((sum, name) => sum + size(tensorAt(trace, name) ?? []), 0);
    const weights = limited(weightsOf(trace, layer, at), neededWeight(at.selected), MAX_ROWS);
    return { ...none, weights, moreWeights: all - weights.length };
  }
  const parts = layer.parameters.map((part) => ({ part, shape: shapeOf(tensorAt(trace, part)) }));
  const slices = parts.flatMap(({ part, shape }) => (shape.length > 1 ? slicesOf(part, [], shape) : []));
  const [filters, moreFilters] = gridsOf(trace, slices, at.parameter(layer), filtersId(layer.name), MAX_FILTERS, at);
  const parameters = parts.flatMap(({ part, shape: [count = 0, ...others] }) =>
    others.length > 0 ? [] : range(count).map((place) => numberRow(trace, `${part}[${place}]`, true, at)),
  );
  return { ...none, filters, moreFilters, parameters };
}

/** The first maps, and the one with the number that must be listed; or all, if they are opened. */
function gridsOf(
  trace: Trace,
  slices: readonly Slice[],
  derivative: Derivative,
  id: string,
  most: number,
  at: ImageMoment,
): [Grid[], number] {
  const isNeeded = (slice: Slice) => Number(placeOf(slice, at.needed) !== null);
  const listed = at.opened.has(id) ? slices : limited(slices, isNeeded, most);
  return [listed.map((slice) => gridOf(trace, slice, derivative, at)), slices.length - listed.length];
}

function unitsOf(trace: Trace, { tensor, shape, kind }: Column, at: ImageMoment): NumberRow[] {
  const rows = shown(shape[0] ?? 0, neededUnit(tensor, at.needed)).map((unit) =>
    numberRow(trace, `${tensor}[${trace.sample},${unit}]`, false, at),
  );
  // A target has no gradient.
  return kind === 'target' ? rows.map((row) => ({ ...row, gradient: null })) : rows;
}

function numberRow(trace: Trace, ref: string, updated: boolean, at: ImageMoment): NumberRow {
  const of = (one: string) => entry(one, valueAt(trace, one), at);
  const all = [ref, gradientOf(ref), nextOf(ref)];
  return {
    ref,
    symbol: plainSymbol(trace, ref),
    current: all.some((one) => at.computes(one)),
    value: of(ref),
    gradient: of(gradientOf(ref)),
    next: updated ? of(nextOf(ref)) : null,
  };
}

/** The weights between the listed units of both sides. */
function weightsOf(trace: Trace, layer: LayerTrace, at: ImageMoment): EdgeRow[] {
  const input = layer.inputs[0] ?? 'x';
  const [inputs = 0, outputs = 0] = shapeOf(trace.tensors[`${layer.name}.w`]);
  const own = parseRef(at.needed ?? '');
  const source = own?.name === layer.name && own.part === 'w' ? (own.index[0] ?? null) : neededUnit(input, at.needed);
  const sources = shown(inputs, source).map((unit) => unitOf(trace, input, unit));
  const target = own?.name === layer.name ? (own.index.at(-1) ?? null) : null;
  const targets = shown(outputs, target).map((unit) => unitOf(trace, `${layer.name}.output`, unit));
  const refs = new Map([...sources, ...targets].map(({ id, ref }) => [id, ref]));
  const bias = hasParameter(layer, 'b') ? [biasOf(trace, layer, 0)] : [];
  const edges = joined(trace, layer, [...bias, ...sources], targets);
  const isCurrent = ({ ref, source, target }: TraceEdge) =>
    [gradientOf(ref ?? ''), nextOf(ref ?? ''), refs.get(target), gradientOf(refs.get(source) ?? '')].some(
      (one) => one !== undefined && at.computes(one),
    );
  const focus = { ...NO_FOCUS, edges: new Set(edges.filter(isCurrent).map(({ id }) => id)) };
  return edges.flatMap((edge) => edgeRow(edge, refs.get(edge.target) ?? '', { ...at, focus }));
}

function unitOf(trace: Trace, tensor: string, unit: number): TraceNode {
  const ref = `${tensor}[${trace.sample},${unit}]`;
  const label = plainSymbol(trace, ref);
  return {
    id: label,
    role: 'hidden',
    label,
    layer: 0,
    index: unit,
    ref,
    value: valueAt(trace, ref) ?? Number.NaN,
    gradient: Number.NaN,
    pre: null,
  };
}

function neededUnit(tensor: string, ref: string | null): number | null {
  const parsed = ref === null ? null : parseRef(ref);
  if (!parsed || [parsed.name, parsed.part].filter(Boolean).join('.') !== tensor) return null;
  return parsed.index.at(-1) ?? null;
}

const shown = (count: number, needed: number | null): readonly number[] => shownOf(count, 0, needed).units;

const range = (count: number): number[] => Array.from({ length: count }, (_, place) => place);

const size = (tensor: Tensor): number => shapeOf(tensor).reduce((product, length) => product * length, 1);

/** The first row of the current step, with its table. */
export function currentIn(tables: readonly LayerTables[]): string | null {
  for (const { filters, parameters, weights, maps, units } of tables) {
    const grid = [...filters, ...maps].flatMap(({ key, rows }) =>
      rows.filter(({ current }) => current).map(({ row }) => rowId(key, row ?? 0)),
    );
    const line = [...weights, ...parameters, ...units].find(({ current }) => current)?.ref;
    if (grid[0] !== undefined || line) return grid[0] ?? line ?? null;
  }
  return null;
}

export const rowId = (key: string, row: number): string => `${key} ${row}`;
