import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { HereCell } from '../heat/HereCell';
import { fitsNumbers } from '../heat/in-short';
import { palette } from '../heat/palette';
import { RangeBar } from '../heat/RangeBar';
import { samplesOf } from '../rows';
import { cells, settledRefs } from '../state/matrices';
import { light, select } from '../state/moves';
import { cursor, pieces, sample, trace } from '../state/store';
import { texts } from '../texts';
import { useView } from '../useMeasured';
import { HeatFrames, HeatNumbers, WindowCanvas } from './HeatCells';
import { HeatHeads } from './HeatHeads';
import { MatrixCaption } from './MatrixCaption';
import { type Matrix, type Place, rangeOfMatrix, refsAt } from './matrix';
import type { Band } from './meeting';
import { spokenName } from './names';
import { isReached, progressOf } from './progress';
import { Reading, readingOf } from './Reading';
import { cellOf, HEADS, TALLEST } from './room';
import { useCellKeys } from './useCellKeys';
import { scrollTo, windowOf } from './windowing';
import './heat.css';

const words = texts.matrices;

interface Props {
  matrix: Matrix;
  /** What of it meets in the entry that is looked at. */
  band: Band | null;
  /** Whether the equation makes it: what a step computes is marked there alone. */
  result: boolean;
}

/** A matrix too large to be set: a map of colours in a frame of its own, of which only what is in view is drawn. */
export function HeatMatrix({ matrix, band, result }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [view, measure] = useView(frame, { width: 0, height: 0 });
  const [pointed, setPointed] = useState<Place | null>(null);
  const [focused, setFocused] = useState(false);
  const id = useId();
  const { rows, columns, samples, first } = matrix;
  const cell = cellOf(columns, cells.value);
  const room = {
    width: Math.max(0, view.width - HEADS.width),
    height: Math.max(0, view.height - HEADS.height),
  };
  const show = ([row, column]: Place) => {
    frame.current?.scrollTo(
      scrollTo(column, cell.width, view.left, room.width),
      scrollTo(row, cell.height, view.top, room.height),
    );
    measure();
  };
  const { here, setHere, onKeyDown } = useCellKeys(matrix, show);
  const progress = progressOf(trace.value?.stages ?? [], cursor.value, pieces.value, matrix);
  const range = useMemo(() => rangeOfMatrix(matrix.values), [matrix.values]);
  const window = windowOf(matrix, cell, view, room);
  const colours = palette.value;
  const drawn = (window.rows.end - window.rows.first) * (window.columns.end - window.columns.first);
  const at = (event: MouseEvent): Place | null => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const row = Math.floor((event.clientY - box.top) / cell.height);
    const column = Math.floor((event.clientX - box.left) / cell.width);
    return row >= 0 && column >= 0 && row < rows && column < columns ? [row, column] : null;
  };
  const point = (place: Place | null) => {
    setPointed(place);
    light(refsAt(matrix, place));
  };
  const looked = pointed ?? (focused ? here : null);
  const known = ([row, column]: Place) =>
    isReached(progress, matrix, row, column) || refsAt(matrix, [row, column]).some((ref) => settledRefs.value.has(ref));
  const [width, height] = [columns * cell.width, rows * cell.height];
  const markedSample =
    samples === null || (trace.value ? samplesOf(trace.value.document) : 1) < 2 ? null : sample.value;
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
          {/* biome-ignore lint/a11y/useSemanticElements: a table of a hundred thousand cells would be slow; only the cell that one is at is there. */}
          <div
            class="heat-cells"
            role="grid"
            aria-label={words.label(spokenName(matrix, words), rows, columns)}
            aria-description={words.hint}
            aria-rowcount={rows}
            aria-colcount={columns}
            aria-activedescendant={id}
            tabIndex={0}
            data-heat={matrix.tensor}
            style={{ width: `${width}px`, height: `${height}px` }}
            onPointerMove={(event) => point(at(event))}
            onPointerLeave={() => point(null)}
            onClick={(event) => {
              const place = at(event);
              if (!place) return;
              setHere(place);
              for (const ref of refsAt(matrix, place)) select(ref);
            }}
            onKeyDown={(event) => {
              // Whoever clicked first and goes on with the keys sees where they are, too.
              setFocused(true);
              onKeyDown(event);
            }}
            onFocus={(event) => {
              if (!event.currentTarget.matches(':focus-visible')) return;
              setFocused(true);
              light(refsAt(matrix, here));
            }}
            onBlur={() => {
              setFocused(false);
              light([]);
            }}
          >
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
            <HeatFrames
              matrix={matrix}
              band={band}
              progress={result ? progress : null}
              cell={cell}
              focused={focused ? here : null}
            />
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
