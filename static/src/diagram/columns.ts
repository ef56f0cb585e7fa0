/**
 * The columns of the picture: the inputs, then a column for each layer of units with the activations after it, and where the
 * loss compares probabilities, one for these.
 */

import type { LayerTrace, Trace } from '../api/types';
import { shapeOf } from '../lookup';
import { inputsOf, rowsOf } from '../rows';

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
  const columns: Column[] = [{ count: inputsOf(trace)[trace.sample]?.length ?? 0, layers: [], edges: 0 }];
  for (const group of groupsOf(trace.layers)) {
    const count = widthOf(group.at(-1)?.output);
    const before = columns.at(-1)?.count ?? 0;
    const sources = before + Number(group[0]?.parameters.b !== undefined);
    columns.push({ count, layers: group, edges: isJoining(group[0]) ? sources * count : count });
  }
  if (trace.loss.p) columns.push({ count: columns.at(-1)?.count ?? 0, layers: [], edges: 0 });
  return columns;
}

/** The column of the network's outputs: the last, but for that of the probabilities. */
export const outputColumn = ({ loss }: Trace, columns: readonly Column[]): number => columns.length - (loss.p ? 2 : 1);

export const isJoining = (layer: LayerTrace | undefined): boolean => layer?.type === 'Linear';

function isFlat({ document, layers }: Trace): boolean {
  return shapeOf(rowsOf(document).x).length === 2 && layers.every(({ output }) => shapeOf(output).length === 2);
}

function groupsOf(layers: readonly LayerTrace[]): LayerTrace[][] {
  const groups: LayerTrace[][] = [];
  for (const layer of layers) {
    if (isJoining(layer) || groups.length === 0) groups.push([]);
    groups.at(-1)?.push(layer);
  }
  return groups;
}

const widthOf = (output: LayerTrace['output'] | undefined): number => output?.[0]?.length ?? 0;
