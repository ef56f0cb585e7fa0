import { leadOf } from '../numbers/lead';
import { EntryCell } from './EntryCell';
import type { Entry } from './rows';

interface Row {
  /** `null` where there is no such number; `now` where the current step is told cell by cell. */
  entries: readonly ((Entry & { now?: boolean }) | null)[];
}

interface Props extends Row {
  leads: readonly number[];
  stop: string | undefined;
}

/** The numbers of one row of a table. */
export function Entries({ entries, leads, stop }: Props) {
  return (
    <>
      {entries.map((entry, place) =>
        entry ? (
          <EntryCell
            key={place}
            of={entry.ref}
            value={entry.value}
            sofar={entry.sofar}
            lead={leads[place] ?? 0}
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

/** How many figures stand before the point in each of so many columns. */
export function leadsOf(rows: readonly Row[], columns: number): number[] {
  return Array.from({ length: columns }, (_, place) =>
    Math.max(...rows.map(({ entries }) => leadOf(entries[place]?.value ?? null))),
  );
}
