/**
 * The columns of the picture: the inputs, one column for each layer of units together with its activations, and one for
 * the probabilities if the loss compares these.
 */

import type { LayerTrace, Trace } from '../api/types';
import { hasParameter, hasProbabilities, shapeOf } from './lookup';

export interface Column {
  /** The number of units, without a bias. */
  count: number;
  /**
   * The layers that compute them: the first connects units, the others act on each unit. Empty for inputs and
   * probabilities.
   */
  layers: readonly LayerTrace[];
  /** The number of lines into it from the previous column, including those of the bias. */
  edges: number;
}

/** Empty for images, which are not drawn as single units. */
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

/** The column of the network's outputs: the last one before that of the probabilities. */
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
  /** The first unit that is left out, and the number of units left out. */
  from: number;
  hidden: number;
}

export interface Shown {
  units: readonly number[];
  gaps: readonly Gap[];
}

/** A column of at most this many units is drawn whole, if the height allows it. */
export const WHOLE = 24;
/** A wider one shows this many consecutive units, and the last ones. */
export const ROW = 10;
const LAST = 2;
/** The rows that a column needs in addition to the consecutive units: a bias, the last units, and two times "…". */
const OTHERS = 1 + LAST + 2;
/** The least distance of two units, in pixels: closer ones could not be distinguished. */
const LEAST_PITCH = 15;
const LEAST_ROW = 3;

/** The number of units drawn: in a column that is drawn whole, and consecutive ones in a wider column. */
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
 * The units from `start` on, and the last ones. If the unit `needed` is not among them, the units start at its page
 * instead. A column that fits is shown whole.
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
  const requested = clamp(start);
  const from = fits(requested) ? requested : clamp(Math.floor((needed ?? 0) / row) * row);
  const units = [...range(from, from + row), ...range(last, count)];
  const gaps = [
    { from: 0, hidden: from },
    { from: from + row, hidden: last - from - row },
  ];
  return { units, gaps: gaps.filter(({ hidden }) => hidden > 0) };
}

/** The first unit to show so that a gap's units become visible: the next ones after it, or those just before. */
export function turned({ from, hidden }: Gap, row: number = ROW): number {
  return from === 0 ? Math.max(0, hidden - row) : from;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, place) => from + place);
