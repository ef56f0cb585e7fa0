import { isFrozen } from '../frozen';
import type { Palette } from '../heat/paint';
import { SpokenLock } from '../Lock';
import { parseRef } from '../refs';
import { looked } from '../state/maps';
import { inBatch, trace } from '../state/store';
import { texts } from '../texts';
import type { Size } from './layout';
import { kernelPrefix } from './links';
import { MapGrid } from './MapGrid';
import { type Column, keyOf, slicesOf } from './slices';
import { filters } from './view';

/** The filter that makes a map, at its left: of several input channels that of the one looked at, or else the first. */
export function FilterMap({
  column,
  output,
  cell,
  palette,
}: {
  column: Column;
  output: number;
  cell: Size;
  palette: Palette;
}) {
  const { layer } = column;
  if (!layer || !column.filters) return null;
  const shape = column.filters;
  const channel = channelLookedAt(layer.name, layer.axes.w?.inputs ?? 1);
  const prefix = kernelPrefix(layer, output, channel);
  const slice = slicesOf(`${layer.name}.w`, prefix, shape.slice(2))[0];
  const found = slice && filters.value.get(keyOf(slice));
  if (!slice || !found) return null;
  const { values, derivative, known, range } = found;
  return (
    <div class="filter">
      {isFrozen(trace.value, slice.tensor) && <SpokenLock name={texts.names.frozen} />}
      <MapGrid
        slice={slice}
        cell={cell}
        rows={slice.rows}
        values={values}
        derivative={derivative}
        known={known ? slice.rows * slice.columns : 0}
        low={range.low}
        high={range.high}
        palette={palette}
        label={texts.maps.filter(layer.name, output + 1, channel + 1)}
      />
      <p class="face" title={derivative === 'grad' && inBatch.value ? texts.diagram.batchTitle : undefined}>
        {captionOf(derivative)}
      </p>
    </div>
  );
}

/** What is shown of the filter; its gradient is summed over the batch. */
function captionOf(derivative: '' | 'grad' | 'next'): string {
  const { batchMark, edgeMarks } = texts.diagram;
  if (derivative === 'grad') return `${inBatch.value ? batchMark : ''}${edgeMarks.gradient}`;
  return derivative === 'next' ? edgeMarks.next : edgeMarks.weight;
}

function channelLookedAt(layer: string, axis: number): number {
  const ref = looked.value ? parseRef(looked.value) : null;
  return ref?.name === layer && ref.index.length === 4 && ref.part === 'w' ? (ref.index[axis] ?? 0) : 0;
}
