/**
 * The columns of the picture: the inputs, then a column for each layer of units with the activations after it, and where the
 * loss compares probabilities, one for these.
 */

import type { LayerTrace, Trace } from '../api/types';
import { hasParameter, hasProbabilities, shapeOf } from '../lookup';

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
