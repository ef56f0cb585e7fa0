import type { LayerTrace } from '../api/types';
import { spoken } from '../maths/symbol';
import { isFrozen } from '../model/given';
import { parseRef } from '../model/refs';
import { type Column, keyOf, type Slice, slicesOf } from '../model/slices';
import { plain } from '../numbers/format';
import { selection } from '../state/attention';
import { isKnown } from '../state/known';
import { closeUpRef, derivativeOf, opened, titleOf, toggleColumn } from '../state/maps';
import { select, setHoverPart } from '../state/moves';
import { inBatch, trace } from '../state/store';
import { fromAfar } from '../state/view';
import { texts } from '../texts';
import { type Palette, RangeBar } from '../ui/heat';
import { SpokenLock } from '../ui/Lock';
import { SymbolMath } from '../ui/MathML';
import { NumberText } from '../ui/NumberText';
import { BETWEEN_MAPS, type Placed, px, type Size, widthOf } from './layout';
import { kernelPrefix, onSequences } from './links';
import { MapGrid } from './MapGrid';
import { filters, knownOf, numbersOf, rangeFor, shownRange, type } from './view';

const words = texts.maps;

/** One layer: its name and shape, its maps below each other, and the range of their colours. */
export function ColumnView({ placed, palette, current }: { placed: Placed; palette: Palette; current: boolean }) {
  const { column, shown, left } = placed;
  const title = titleOf(column);
  const width = widthOf(placed, type.value);
  const gradients = derivativeOf(column) === 'grad';
  const own = (
    <section class={current ? 'column current' : 'column'} aria-label={title} style={{ width: px(width) }}>
      <header>
        <p class="name">{column.layer ? texts.layerTitle(column.layer.type) : title}</p>
        <p class="shape">{column.shape.join('×')}</p>
        <p class="showing">
          {gradients ? (
            <>
              <span class="face">{texts.diagram.gradientMark}</span> {words.face.names.gradient}
            </>
          ) : (
            words.face.names.value
          )}
        </p>
      </header>
      <div class="maps" style={{ gap: px(BETWEEN_MAPS) }}>
        {shown.map((slice) =>
          slice === null ? (
            <More key="more" column={column} left={left} title={title} />
          ) : (
            <One key={keyOf(slice)} {...{ slice, placed, palette, title }} />
          ),
        )}
        {left > 0 && !shown.includes(null) && <More column={column} left={left} title={title} />}
        {opened.value.has(column.id) && <Fewer column={column} title={title} />}
      </div>
      <RangeBar
        scale={rangeFor(column)}
        shown={shownRange(column)}
        palette={palette}
        within={fromAfar.value ? width / type.value : Infinity}
      />
      {column.kind === 'target' && placed.lossBelow && <LossCircle />}
    </section>
  );
  if (column.kind !== 'target' || (placed.lossBelow && column.slices.length > 0)) return own;
  const loss = (
    <div class="column of-loss">
      <LossCircle />
    </div>
  );
  if (column.slices.length === 0) return loss;
  return (
    <>
      {own}
      {loss}
    </>
  );
}

function One({ slice, placed, palette, title }: { slice: Slice; placed: Placed; palette: Palette; title: string }) {
  const { column, cell, rows, kernel } = placed;
  const range = rangeFor(column);
  const channel = slice.prefix.at(-1) ?? 0;
  return (
    <div class="one">
      {kernel && <Filters {...{ placed, output: channel, cell: kernel, palette }} />}
      <MapGrid
        slice={slice}
        cell={cell}
        rows={slice.vector ? rows : slice.rows}
        {...numbersOf(slice)}
        known={knownOf(column, slice)}
        low={range.low}
        high={range.high}
        palette={palette}
        label={words.map(title, channel + 1, slice.vector ? 1 : column.slices.length)}
      />
    </div>
  );
}

function More({ column, left, title }: { column: Column; left: number; title: string }) {
  return (
    <button type="button" class="more" title={words.moreTitle(left, title)} onClick={() => toggleColumn(column.id)}>
      <span aria-hidden="true">⋯</span> {words.more(left)}
    </button>
  );
}

function Fewer({ column, title }: { column: Column; title: string }) {
  return (
    <button type="button" class="more" title={words.fewerTitle(title)} onClick={() => toggleColumn(column.id)}>
      {words.fewer}
    </button>
  );
}

interface FiltersProps {
  placed: Placed;
  output: number;
  cell: Size;
  palette: Palette;
}

/** The filter of a map, at its left; beside a sequence, which is one map, all filters that fit. */
function Filters({ placed: { column, kernels }, output, cell, palette }: FiltersProps) {
  const { layer, filters: shape } = column;
  if (!layer || !shape) return null;
  if (!onSequences(layer)) return <FilterMap {...{ layer, shape, output, cell, palette }} captioned />;
  const [count = 0] = shape;
  const at = filterLookedAt(layer.name, column.tensor) ?? 0;
  // The filter of the current cell is among them.
  const shown = Array.from({ length: Math.min(kernels, count) }, (_, place) => place);
  if (at >= shown.length) shown[shown.length - 1] = at;
  return (
    <div class="filters" style={{ gap: px(BETWEEN_MAPS) }}>
      {shown.map((one, place) => (
        <FilterMap key={one} {...{ layer, shape, output: one, cell, palette }} captioned={place === shown.length - 1} />
      ))}
    </div>
  );
}

interface FilterProps extends Omit<FiltersProps, 'placed'> {
  layer: LayerTrace;
  shape: readonly number[];
  /** Whether a caption below says what it shows. */
  captioned: boolean;
}

/** One filter; if an image has several input channels, that of the current one, or else the first. */
function FilterMap({ layer, shape, output, cell, palette, captioned }: FilterProps) {
  const channel = onSequences(layer) ? null : channelLookedAt(layer.name, layer.axes.w?.inputs ?? 1);
  const prefix = channel === null ? [output] : kernelPrefix(layer, output, channel);
  const slice = slicesOf(`${layer.name}.w`, prefix, shape.slice(prefix.length))[0];
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
        label={texts.maps.filter(layer.name, output + 1, channel === null ? null : channel + 1)}
      />
      {captioned && (
        <p class="face" title={derivative === 'grad' && inBatch.value ? texts.diagram.batchTitle : undefined}>
          {captionOf(derivative)}
        </p>
      )}
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
  const ref = closeUpRef.value ? parseRef(closeUpRef.value) : null;
  return ref?.name === layer && ref.index.length === 4 && ref.part === 'w' ? (ref.index[axis] ?? 0) : 0;
}

/** The filter of the current weight or output. */
function filterLookedAt(layer: string, output: string): number | null {
  const ref = closeUpRef.value ? parseRef(closeUpRef.value) : null;
  if (ref?.name !== layer) return null;
  const axis = ref.part === 'w' || ref.part === 'b' ? 0 : `${ref.name}.${ref.part}` === output ? 1 : null;
  return axis === null ? null : (ref.index[axis] ?? null);
}

/** The loss, at the end of the row. */
function LossCircle() {
  const value = trace.value?.loss.value ?? Number.NaN;
  const known = isKnown('loss');
  const name = `${spoken('ℓ')}, ${known ? texts.names.value(plain(value)) : texts.diagram.notReached}`;
  return (
    <button
      type="button"
      class={selection.value === 'loss' ? 'map-loss selected' : 'map-loss'}
      aria-label={name}
      aria-pressed={selection.value === 'loss'}
      onClick={() => select('loss')}
      onPointerEnter={() => setHoverPart('loss')}
      onPointerLeave={() => setHoverPart(null)}
    >
      <SymbolMath of="ℓ" />
      {known && <NumberText value={value} of="loss" />}
    </button>
  );
}
