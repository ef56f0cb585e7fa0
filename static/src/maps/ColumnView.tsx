import type { Palette } from '../heat/paint';
import { RangeBar } from '../heat/RangeBar';
import { fromAfar } from '../state/frame';
import { opened, toggleColumn } from '../state/maps';
import { texts } from '../texts';
import { px } from './box-style';
import { FilterMap } from './FilterMap';
import { LossCircle } from './LossCircle';
import { BETWEEN_MAPS, type Placed, widthOf } from './layout';
import { MapGrid } from './MapGrid';
import { type Column, keyOf, type Slice } from './slices';
import { titleOf } from './title';
import { derivativeOf, knownOf, numbersOf, rangeFor, shownRange, type } from './view';

const words = texts.maps;

/** One layer: its name and shape, its maps below each other, and what their colours mean. */
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
  if (column.kind !== 'target' || placed.lossBelow) return own;
  return (
    <>
      {own}
      <div class="column of-loss">
        <LossCircle />
      </div>
    </>
  );
}

function One({ slice, placed, palette, title }: { slice: Slice; placed: Placed; palette: Palette; title: string }) {
  const { column, cell, rows, kernel } = placed;
  const range = rangeFor(column);
  const channel = slice.prefix.at(-1) ?? 0;
  return (
    <div class="one">
      {kernel && <FilterMap column={column} output={channel} cell={kernel} palette={palette} />}
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
