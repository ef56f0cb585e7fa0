import type { Size } from '../size';
import { HEADS } from './room';
import { headStep, headsIn, type Window } from './windowing';

interface Props {
  window: Window;
  cell: Size;
  /** Which sample the diagram shows, and along which axis samples stand. */
  marked: { axis: 'rows' | 'columns'; at: number } | null;
}

/** Numbers of rows and columns, counted from 1; they stay in view while the cells are scrolled. */
export function HeatHeads({ window: { rows, columns }, cell, marked }: Props) {
  const name = (axis: 'rows' | 'columns', at: number) =>
    marked?.axis === axis && marked.at === at ? 'shown' : undefined;
  return (
    <>
      <div class="heat-corner" aria-hidden="true" />
      <div class="column-heads" aria-hidden="true">
        {headsIn(columns, headStep(cell.width, HEADS.width)).map((place) => (
          <span key={place} class={name('columns', place)} style={{ left: `${(place + 0.5) * cell.width}px` }}>
            {place + 1}
          </span>
        ))}
      </div>
      <div class="row-heads" aria-hidden="true">
        {headsIn(rows, headStep(cell.height, HEADS.height - 6)).map((place) => (
          <span key={place} class={name('rows', place)} style={{ top: `${(place + 0.5) * cell.height}px` }}>
            {place + 1}
          </span>
        ))}
      </div>
    </>
  );
}
