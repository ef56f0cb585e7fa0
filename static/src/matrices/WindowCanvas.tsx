import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Palette, painted } from '../heat/paint';
import type { Range } from '../heat/range';
import type { Size } from '../size';
import { type Matrix, valueIn } from './matrix';
import type { Window } from './windowing';

interface Props {
  matrix: Matrix;
  window: Window;
  /** How many units have been computed. */
  known: number;
  range: Range;
  palette: Palette;
  cell: Size;
}

/** The cells in view as one picture; what is not known yet stays clear. */
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
