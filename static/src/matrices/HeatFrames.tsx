import type { Size } from '../size';
import { litRefs, selectedRef } from '../state/matrices';
import { type Matrix, type Place, placesIn } from './matrix';
import type { Band } from './meeting';
import type { Progress } from './progress';

interface Props {
  matrix: Matrix;
  band: Band | null;
  /** `null` where the matrix is an operand. */
  progress: Progress | null;
  cell: Size;
  focused: Place | null;
}

/** Frames over the cells: what meets in the entry that is looked at, what the step computes, what is lit or selected. */
export function HeatFrames({ matrix, band, progress, cell, focused }: Props) {
  const { rows, columns, transposed, cells } = matrix;
  const boxes: { key: string; kind: string; box: [number, number, number, number] }[] = [];
  // Of images a step computes all or, in a map, none.
  const most = cells ? ((progress?.end ?? 0) < Number.POSITIVE_INFINITY ? 0 : columns) : transposed ? rows : columns;
  const [from, end] = [progress?.from ?? 0, Math.min(progress?.end ?? 0, most)];
  if (end > from) {
    boxes.push({
      key: 'step',
      kind: 'of-step',
      box: transposed && !cells ? [from, 0, end - from, columns] : [0, from, rows, end - from],
    });
  }
  if (band) {
    const [row, column] = band.at;
    const box: [number, number, number, number] =
      band.meets === 'all'
        ? [0, 0, rows, columns]
        : band.meets === 'row'
          ? [row, 0, 1, columns]
          : band.meets === 'column'
            ? [0, column, rows, 1]
            : [row, column, 1, 1];
    boxes.push({ key: 'band', kind: 'meets', box });
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
