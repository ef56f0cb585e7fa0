import { useMemo, useRef, useState } from 'preact/hooks';
import { samplesIn } from '../model/given';
import { fitsNumbers } from '../numbers/format';
import { release, select, setHover } from '../state/moves';
import { cursor, pieces, sample, trace } from '../state/store';
import { texts } from '../texts';
import { HereCell, usePaintedGrid } from '../ui/grid';
import { palette, RangeBar } from '../ui/heat';
import { useWindow } from '../ui/windowed';
import { MatrixCaption, Reading, readingOf } from './Entry';
import { HeatFrames, HeatHeads, HeatNumbers, WindowCanvas } from './HeatCells';
import { cellOf, HEADS, type Matrix, type Place, rangeOfMatrix, refsAt, TALLEST } from './matrix';
import { spokenName } from './names';
import { type Band, isReached, progressOf } from './progress';
import { cells, settledRefs } from './state';
import './heat.css';

const words = texts.matrices;

interface Props {
  matrix: Matrix;
  /** The part of it that takes part in the computation of the current entry. */
  band: Band | null;
  /** Whether it is the equation's result: only there the numbers of the step are marked. */
  result: boolean;
}

/** A matrix too large to typeset: a map of colours in a scrolling frame; only the visible part is drawn. */
export function HeatMatrix({ matrix, band, result }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<Place | null>(null);
  const { rows, columns, samples, first } = matrix;
  const cell = cellOf(columns, cells.value);
  const { window, show } = useWindow(frame, { width: 0, height: 0 }, () => ({ rows, columns, cell, head: HEADS }));
  const label = words.label(spokenName(matrix, words), rows, columns);
  const { grid, id, here, focused } = usePaintedGrid(
    { rows, columns, cell, label, hint: words.hint },
    {
      point: (place) => {
        setPointed(place);
        setHover(refsAt(matrix, place));
      },
      choose: (place) => {
        for (const ref of refsAt(matrix, place)) select(ref);
      },
      by: ['Enter'],
      leave: release,
      moved: (place) => show(...place),
    },
  );
  const progress = progressOf(trace.value?.stages ?? [], cursor.value, pieces.value, matrix);
  const range = useMemo(() => rangeOfMatrix(matrix), [matrix]);
  const colours = palette.value;
  const drawn = (window.rows.end - window.rows.first) * (window.columns.end - window.columns.first);
  const looked = pointed ?? focused;
  const known = ([row, column]: Place) =>
    isReached(progress, matrix, row, column) || refsAt(matrix, [row, column]).some((ref) => settledRefs.value.has(ref));
  const [width, height] = [columns * cell.width, rows * cell.height];
  const markedSample = samples === null || (trace.value ? samplesIn(trace.value) : 1) < 2 ? null : sample.value;
  return (
    <figure class="operand large">
      <div
        class="heat-frame"
        ref={frame}
        style={{ height: `${Math.min(TALLEST, HEADS.height + height) + 1}px`, width: `${HEADS.width + width + 1}px` }}
      >
        <div class="heat-sheet" style={{ width: `${HEADS.width + width}px` }}>
          <HeatHeads
            window={window}
            cell={cell}
            marked={markedSample === null ? null : { axis: samples ?? 'rows', at: markedSample - first }}
            first={samples === null ? null : { axis: samples, at: first }}
          />
          <div {...grid} class="heat-cells" data-heat={matrix.tensor}>
            <WindowCanvas
              matrix={matrix}
              window={window}
              known={progress.known}
              range={range}
              palette={colours}
              cell={cell}
            />
            {fitsNumbers(cell, drawn) && (
              <HeatNumbers
                matrix={matrix}
                window={window}
                progress={progress}
                range={range}
                palette={colours}
                cell={cell}
              />
            )}
            <HeatFrames matrix={matrix} band={band} progress={result ? progress : null} cell={cell} focused={focused} />
            <HereCell id={id} at={here}>
              {readingOf(matrix, here, known(here))}
            </HereCell>
          </div>
        </div>
      </div>
      <div class="heat-key">
        <RangeBar
          scale={range}
          shown={isReached(progress, matrix, rows - 1, columns - 1) ? range : null}
          palette={colours}
          label={texts.maps.key[range.low < 0 && range.high > 0 ? 'both' : 'one']}
        />
        <Reading matrix={matrix} at={looked} known={looked !== null && known(looked)} />
      </div>
      <MatrixCaption matrix={matrix} />
    </figure>
  );
}
