import type { Size } from '../size';
import { HEADS } from './room';
import { headStep, headsIn, type Window } from './windowing';

interface Props {
  window: Window;
  cell: Size;
  /** Which sample the diagram shows, and along which axis samples stand. */
  marked: { axis: 'rows' | 'columns'; at: number } | null;
  /** Which sample is the first, and along which axis: of a large batch one alone is there. */
  first: { axis: 'rows' | 'columns'; at: number } | null;
}

/** Numbers of rows and columns, counted from 1; they stay in view while the cells are scrolled. */
export function HeatHeads({ window: { rows, columns }, cell, marked, first }: Props) {
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
