import { order, sortBy } from '../state/check';
import { texts } from '../texts';
import type { Column } from './sort';

/** The heads of the columns. Each sorts by its column; pressed again it turns the order round. */
export function Heads({ columns }: { columns: readonly Column[] }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => (
          <Head key={column} column={column} />
        ))}
      </tr>
    </thead>
  );
}

function Head({ column }: { column: Column }) {
  const { column: by, descending } = order.value;
  const direction = by !== column ? undefined : descending ? 'descending' : 'ascending';
  return (
    <th scope="col" class={column} aria-sort={direction}>
      <button type="button" title={texts.check.columnTitles[column]} onClick={() => sortBy(column)}>
        {texts.check.columns[column]}
        <svg class="direction" viewBox="0 0 8 8" aria-hidden="true">
          <path d={descending ? 'M1 2h6L4 7z' : 'M1 6h6L4 1z'} />
        </svg>
      </button>
    </th>
  );
}
