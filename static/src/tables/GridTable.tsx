import { texts } from '../texts';
import { columnsOf, Entries } from './Entries';
import type { Grid } from './grids';
import { rowId } from './images';
import { goAround } from './keys';
import { useStop } from './useStop';

const words = texts.tables;

/** A map in rows and columns; the numbers of the current step are marked. */
export function GridTable({ caption, grid }: { caption: string; grid: Grid }) {
  const { key, columns, rows } = grid;
  const { stop, onFocusCapture } = useStop(rows.flatMap(({ entries }) => entries));
  const inCommon = columnsOf(rows, columns.length);
  return (
    <table class="grid" onKeyDown={goAround} onFocusCapture={onFocusCapture}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <td />
          {columns.map((column) => (
            <th key={column} scope="col">
              <Head place={column} told={words.column} sign="⋯" />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, entries }) => (
          <tr key={row} data-near={row === null ? undefined : rowId(key, row)}>
            <th scope="row">
              <Head place={row} told={words.row} sign="⋮" />
            </th>
            <Entries entries={entries} columns={inCommon} stop={stop} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The number of a row or a column, as it is counted everywhere: from 1. */
function Head({ place, told, sign }: { place: number | null; told: (place: number) => string; sign: string }) {
  return (
    <>
      <span class="visually-hidden">{place === null ? words.leftOut : told(place + 1)}</span>
      <span aria-hidden="true">{place === null ? sign : place + 1}</span>
    </>
  );
}
