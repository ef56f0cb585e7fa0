import { inCell } from '../heat/in-short';
import { colourOf, css, inkOn, type Palette } from '../heat/paint';
import type { Range } from '../heat/range';
import { exact } from '../numbers/format';
import type { Size } from '../size';
import { choiceAt } from './Entry';
import { type Matrix, refAt, valueIn } from './matrix';
import { isReached, type Progress } from './progress';
import type { Window } from './windowing';

interface Props {
  matrix: Matrix;
  window: Window;
  progress: Progress;
  range: Range;
  palette: Palette;
  cell: Size;
}

/** The numbers in the cells, where there is room for them. */
export function HeatNumbers({ matrix, window: { rows, columns }, progress, range, palette, cell }: Props) {
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
