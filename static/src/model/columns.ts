/**
 * The columns of the picture: the inputs, then a column for each layer of units with the activations after it, and where the
 * loss compares probabilities, one for these.
 */

import type { LayerTrace, Trace } from '../api/types';
import { hasParameter, hasProbabilities, shapeOf } from './lookup';

export interface Column {
  /** How many units there are, without a bias. */
  count: number;
  /** The layers that make them: the first joins, the others act on its units. None for the inputs and probabilities. */
  layers: readonly LayerTrace[];
  /** Lines that lead into it from the column before, those of the bias too. */
  edges: number;
}

/** Images cannot be drawn as single units: then there are none. */
export function columnsOf(trace: Trace): Column[] {
  if (!isFlat(trace)) return [];
  const columns: Column[] = [{ count: widthOf(trace, 'x'), layers: [], edges: 0 }];
  for (const group of groupsOf(trace.layers)) {
    const [first] = group;
    const count = widthOf(trace, group.at(-1)?.output);
    const before = columns.at(-1)?.count ?? 0;
    const joining = isJoining(first) ? before + Number(first !== undefined && hasParameter(first, 'b')) : null;
    const sources = joining ?? (group.every(({ elementwise }) => elementwise) ? 1 : before);
    columns.push({ count, layers: group, edges: sources * count });
  }
  if (hasProbabilities(trace)) {
    const count = columns.at(-1)?.count ?? 0;
    columns.push({ count, layers: [], edges: trace.loss.elementwise ? count : count ** 2 });
  }
  return columns;
}

/** The column of the network's outputs: the last, but for that of the probabilities. */
export const outputColumn = (trace: Trace, columns: readonly Column[]): number =>
  columns.length - (hasProbabilities(trace) ? 2 : 1);

export const isJoining = (layer: LayerTrace | undefined): boolean => layer?.joins === true;

const isFlat = ({ tensors, layers }: Trace): boolean =>
  ['x', ...layers.map(({ output }) => output)].every((name) => shapeOf(tensors[name]).length === 2);

function groupsOf(layers: readonly LayerTrace[]): LayerTrace[][] {
  const groups: LayerTrace[][] = [];
  for (const layer of layers) {
    if (isJoining(layer) || groups.length === 0) groups.push([]);
    groups.at(-1)?.push(layer);
  }
  return groups;
}

const widthOf = ({ tensors }: Trace, name: string | undefined): number => shapeOf(tensors[name ?? ''])[1] ?? 0;

/** Wide columns show some of their units, with "…" for the others. */

export interface Gap {
  /** The first unit that is left out, and how many are. */
  from: number;
  hidden: number;
}

export interface Shown {
  units: readonly number[];
  gaps: readonly Gap[];
}

/** A column of so many units is drawn whole, where there is height enough. */
export const WHOLE = 24;
/** Of a wider one, so many in a row, and the last ones. */
export const ROW = 10;
const LAST = 2;
/** The rows of a column beside its units in a row: a bias, the last units, and two times "…". */
const OTHERS = 1 + LAST + 2;
/** Pixels from a unit to the next: closer ones could not be distinguished. */
const LEAST_PITCH = 15;
const LEAST_ROW = 3;

/** So many units are drawn: of a column that is drawn whole, and in a row of a wider one. */
export interface Most {
  whole: number;
  row: number;
}

export function mostIn(height: number): Most {
  const rows = Math.floor(height / LEAST_PITCH);
  const row = Math.min(ROW, Math.max(LEAST_ROW, rows - OTHERS));
  return { whole: Math.min(WHOLE, Math.max(row + LAST, rows - 1)), row };
}

/**
 * Units from `start` on, and the last ones. Where one is asked for that is not among them, the row that it is in. A column that fits
 * is left as it is.
 */
export function shownOf(
  count: number,
  start: number,
  needed: number | null,
  { whole, row }: Most = { whole: WHOLE, row: ROW },
): Shown {
  if (count <= whole) return { units: range(0, count), gaps: [] };
  const last = count - LAST;
  const fits = (from: number) => needed === null || needed >= last || (needed >= from && needed < from + row);
  const clamp = (from: number): number => Math.max(0, Math.min(from, last - row));
  const wanted = clamp(start);
  const from = fits(wanted) ? wanted : clamp(Math.floor((needed ?? 0) / row) * row);
  const units = [...range(from, from + row), ...range(last, count)];
  const gaps = [
    { from: 0, hidden: from },
    { from: from + row, hidden: last - from - row },
  ];
  return { units, gaps: gaps.filter(({ hidden }) => hidden > 0) };
}

/** Where the row begins that shows what a gap leaves out: the next units after those shown, or those just before. */
export function turned({ from, hidden }: Gap, row: number = ROW): number {
  return from === 0 ? Math.max(0, hidden - row) : from;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, place) => from + place);
