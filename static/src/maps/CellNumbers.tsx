import { inCell } from '../heat/in-short';
import { colourOf, css, inkOn, type Palette } from '../heat/paint';
import type { Range } from '../heat/range';
import { memo } from '../memo';
import { exact } from '../numbers/format';
import { isRoundingZero } from '../state/known';
import { placeOf } from './box-style';
import type { Size } from './layout';
import { cellBox } from './receptive';
import { refAt, type Slice } from './slices';

interface Props {
  slice: Slice;
  values: number[][];
  derivative: string;
  known: number;
  range: Range;
  palette: Palette;
  cell: Size;
  /** The size of its type. */
  type: number;
}

/** The numbers in the cells, where there is room for them. */
export const CellNumbers = memo(({ slice, values, derivative, known, range, palette, cell, type }: Props) => {
  return (
    <div class="cell-numbers" aria-hidden="true">
      {values.flatMap((row, r) =>
        row.map((value, c) => {
          if (r * slice.columns + c >= known) return null;
          return (
            <span
              key={`${r} ${c}`}
              data-ref={refAt(slice, r, c, derivative)}
              data-value={exact(value)}
              style={{ ...placeOf(cellBox([r, c]), cell), color: css(inkOn(colourOf(value, range, palette))) }}
            >
              {isRoundingZero(refAt(slice, r, c, derivative)) ? '≈ 0' : inCell(value, cell.width, type)}
            </span>
          );
        }),
      )}
    </div>
  );
});
