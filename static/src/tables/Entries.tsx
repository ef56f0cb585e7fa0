import { type InColumn, inColumn } from '../numbers/column';
import { EntryCell } from './EntryCell';
import type { Entry } from './rows';

interface Row {
  /** `null` where there is no such number; `now` where the current step is told cell by cell. */
  entries: readonly ((Entry & { now?: boolean }) | null)[];
}

interface Props extends Row {
  columns: readonly InColumn[];
  stop: string | undefined;
}

/** The numbers of one row of a table. */
export function Entries({ entries, columns, stop }: Props) {
  return (
    <>
      {entries.map((entry, place) =>
        entry ? (
          <EntryCell
            key={place}
            of={entry.ref}
            value={entry.value}
            sofar={entry.sofar}
            lead={columns[place]?.lead ?? 0}
            fixed={columns[place]?.fixed ?? false}
            stop={entry.ref === stop}
            now={entry.now}
          />
        ) : (
          <td key={place} />
        ),
      )}
    </>
  );
}

/** What the numbers of each of so many columns have in common. */
export function columnsOf(rows: readonly Row[], count: number): InColumn[] {
  return Array.from({ length: count }, (_, place) =>
    inColumn(rows.map(({ entries }) => entries[place]?.value ?? null)),
  );
}
