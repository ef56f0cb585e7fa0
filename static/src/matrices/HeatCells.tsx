import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Size } from '../model/geometry';
import { exact, inCell } from '../numbers/format';
import { colourOf, css, inkOn, type Palette, painted, type Range } from '../ui/heat';
import { type Span, spanned, type Window } from '../ui/windowed';
import { choiceAt } from './Entry';
import { HEADS, type Matrix, type Place, placesIn, refAt, valueIn } from './matrix';
import { type Band, isReached, type Progress } from './progress';
import { litRefs, selectedRef } from './state';

interface Props {
  matrix: Matrix;
  window: Window;
  /** The number of computed units. */
  known: number;
  range: Range;
  palette: Palette;
  cell: Size;
}

/** The visible cells as one picture; unknown values stay transparent. */
export function WindowCanvas({ matrix, window: { rows, columns }, known, range, palette, cell }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { transposed } = matrix;
  const end = {
    rows: transposed ? Math.min(rows.end, known) : rows.end,
    columns: transposed ? columns.end : Math.min(columns.end, known),
  };
  const [down, across] = [Math.max(0, end.rows - rows.first), Math.max(0, end.columns - columns.first)];
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    const values = Array.from({ length: down }, (_, row) =>
      Array.from({ length: across }, (_, column) => valueIn(matrix, rows.first + row, columns.first + column)),
    );
    const detail = { across: cell.width, down: cell.height };
    const { pixels, width, height } = painted(values, down * across, range, palette, detail);
    canvas.current.width = width;
    canvas.current.height = height;
    if (width > 0 && height > 0) context.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [matrix, rows.first, columns.first, down, across, range, palette, cell]);
  return (
    <canvas
      ref={canvas}
      style={{
        left: `${columns.first * cell.width}px`,
        top: `${rows.first * cell.height}px`,
        width: `${across * cell.width}px`,
        height: `${down * cell.height}px`,
      }}
    />
  );
}

interface HeatNumbersProps {
  matrix: Matrix;
  window: Window;
  progress: Progress;
  range: Range;
  palette: Palette;
  cell: Size;
}

/** The numbers in the cells, if they fit. */
export function HeatNumbers({ matrix, window: { rows, columns }, progress, range, palette, cell }: HeatNumbersProps) {
  const cells = [];
  for (let row = rows.first; row < rows.end; row++) {
    for (let column = columns.first; column < columns.end; column++) {
      if (!isReached(progress, matrix, row, column)) continue;
      const value = valueIn(matrix, row, column);
      const ref = refAt(matrix, row, column);
      const choice = choiceAt(matrix, row, column);
      const place = { left: `${column * cell.width}px`, top: `${row * cell.height}px` };
      const room = { width: `${cell.width}px`, height: `${cell.height}px`, lineHeight: `${cell.height}px` };
      cells.push(
        <span
          key={`${row} ${column}`}
          class={choice ? (choice.chosen ? 'chosen' : 'passed-over') : undefined}
          data-ref={ref ?? undefined}
          data-value={exact(value)}
          style={{ ...place, ...room, color: css(inkOn(colourOf(value, range, palette))) }}
        >
          {ref && matrix.rounding.has(ref) ? '≈ 0' : inCell(value, cell.width)}
        </span>,
      );
    }
  }
  return (
    <div class="heat-numbers" aria-hidden="true">
      {cells}
    </div>
  );
}

interface HeatFramesProps {
  matrix: Matrix;
  band: Band | null;
  /** `null` if the matrix is an operand. */
  progress: Progress | null;
  cell: Size;
  focused: Place | null;
}

/**
 * Frames over the cells: the factors of the current entry, the numbers of the step, the highlighted and the selected
 * ones.
 */
export function HeatFrames({ matrix, band, progress, cell, focused }: HeatFramesProps) {
  const { rows, columns, transposed, images } = matrix;
  const boxes: { key: string; kind: string; box: [number, number, number, number] }[] = [];
  // For images a frame is drawn only when the step computes the whole matrix.
  const most = images ? ((progress?.end ?? 0) < Number.POSITIVE_INFINITY ? 0 : columns) : transposed ? rows : columns;
  const [from, end] = [progress?.from ?? 0, Math.min(progress?.end ?? 0, most)];
  if (end > from) {
    boxes.push({
      key: 'step',
      kind: 'of-step',
      box: transposed && !images ? [from, 0, end - from, columns] : [0, from, rows, end - from],
    });
  }
  if (band) {
    const [down, across] = [band.rows.end - band.rows.first, band.columns.end - band.columns.first];
    boxes.push({ key: 'band', kind: 'meets', box: [band.rows.first, band.columns.first, down, across] });
  }
  const single = (kind: string, places: readonly Place[]) => {
    for (const place of places) boxes.push({ key: `${kind} ${place.join()}`, kind, box: [place[0], place[1], 1, 1] });
  };
  if (selectedRef.value !== null) single('selected', placesIn(matrix, selectedRef.value));
  for (const ref of litRefs.value) single('lit', placesIn(matrix, ref));
  single('focus', focused ? [focused] : []);
  return (
    <>
      {boxes.map(({ key, kind, box: [row, column, down, across] }) => (
        <i
          key={key}
          class={`heat-mark ${kind}`}
          style={{
            left: `${column * cell.width}px`,
            top: `${row * cell.height}px`,
            width: `${across * cell.width}px`,
            height: `${down * cell.height}px`,
          }}
        />
      ))}
    </>
  );
}

interface HeatHeadsProps {
  window: Window;
  cell: Size;
  /** Which sample the diagram shows, and the axis of samples. */
  marked: { axis: 'rows' | 'columns'; at: number } | null;
  /** The first sample, and the axis of samples: of a large batch the matrix has a single one. */
  first: { axis: 'rows' | 'columns'; at: number } | null;
}

/** Numbers of rows and columns, counted from 1; they stay in view while the cells are scrolled. */
export function HeatHeads({ window: { rows, columns }, cell, marked, first }: HeatHeadsProps) {
  const number = (axis: 'rows' | 'columns', at: number) => at + 1 + (first?.axis === axis ? first.at : 0);
  const name = (axis: 'rows' | 'columns', at: number) =>
    marked?.axis === axis && marked.at === at ? 'shown' : undefined;
  return (
    <>
      <div class="heat-corner" aria-hidden="true" />
      <div class="column-heads" aria-hidden="true">
        {headsIn(columns, headStep(cell.width, HEADS.width)).map((place) => (
          <span key={place} class={name('columns', place)} style={{ left: `${(place + 0.5) * cell.width}px` }}>
            {number('columns', place)}
          </span>
        ))}
      </div>
      <div class="row-heads" aria-hidden="true">
        {headsIn(rows, headStep(cell.height, HEADS.height - 6)).map((place) => (
          <span key={place} class={name('rows', place)} style={{ top: `${(place + 0.5) * cell.height}px` }}>
            {number('rows', place)}
          </span>
        ))}
      </div>
    </>
  );
}

/** The distance of written heads, in cells, so that none overlaps the next. */
export function headStep(size: number, least: number): number {
  return HEAD_STEPS.find((step) => step * size >= least) ?? 100;
}

const HEAD_STEPS = [1, 5, 10, 20, 50];

/** The places in a span with written heads: every multiple of the step, counted from 1, and the first. */
export function headsIn(span: Span, step: number): number[] {
  return spanned(span).filter((place) => (place + 1) % step === 0 || place === 0);
}
