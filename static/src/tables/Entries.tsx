import { useComputed } from '@preact/signals';
import { spoken } from '../maths/symbol';
import { symbolOf } from '../model/refs';
import { type InColumn, inColumn, leadOf, plain } from '../numbers/format';
import { selection } from '../state/attention';
import { isRoundingZero, valueInWords } from '../state/known';
import { select } from '../state/moves';
import { trace } from '../state/store';
import { texts } from '../texts';
import { hoverProps, isHighlighted } from '../ui/highlight';
import { memo } from '../ui/memo';
import { NumberText } from '../ui/NumberText';
import type { Entry } from './rows';

const words = texts.tables;

interface Row {
  /** `null` if there is no such number; `now` if the current step is marked cell by cell. */
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

/** The common format of the numbers in each column. */
export function columnsOf(rows: readonly Row[], count: number): InColumn[] {
  return Array.from({ length: count }, (_, place) =>
    inColumn(rows.map(({ entries }) => entries[place]?.value ?? null)),
  );
}

interface EntryCellProps extends Omit<Entry, 'ref'> {
  of: string | null;
  /** The width before the point in the whole column, and whether its numbers have all their digits. */
  lead: number;
  fixed: boolean;
  /** Whether it is the tab stop. */
  stop: boolean;
  /** Whether the current step computes it, if that is marked cell by cell. */
  now?: boolean;
}

/** A number that links to its formula; before it is known it also links there, and says that it is unknown. */
const EntryCell = memo(({ of, value, sofar, lead, fixed, stop, now }: EntryCellProps) => (
  <td
    aria-current={now ? 'step' : undefined}
    style={{ '--in': value === null ? 0 : lead - leadOf(isRoundingZero(of) ? 0 : value) }}
  >
    {of === null ? (
      <Figure of={null} value={value} fixed={fixed} />
    ) : (
      <Way to={of} value={value} sofar={sofar} fixed={fixed} stop={stop} />
    )}
  </td>
));

interface WayProps {
  to: string;
  value: number | null;
  sofar: boolean;
  fixed: boolean;
  stop: boolean;
}

function Way({ to, value, sofar, fixed, stop }: WayProps) {
  const lit = useComputed(() => isHighlighted(to)).value;
  const pressed = useComputed(() => selection.value === to).value;
  return (
    <button
      type="button"
      class={`figure${lit ? ' lit' : ''}${sofar ? ' sofar' : ''}`}
      data-entry={to}
      tabIndex={stop ? 0 : -1}
      aria-label={nameOf(to, value, sofar)}
      aria-pressed={pressed}
      title={words.select}
      onClick={() => select(to)}
      {...hoverProps(to)}
    >
      <Figure of={sofar ? null : to} value={value} fixed={fixed} />
    </button>
  );
}

function Figure({ of, value, fixed }: { of: string | null; value: number | null; fixed: boolean }) {
  return value === null ? (
    <span class="not-yet">{words.notYet}</span>
  ) : (
    <NumberText of={of} value={value} fixed={fixed} />
  );
}

function nameOf(ref: string, value: number | null, sofar: boolean): string {
  const name = trace.value ? spoken(symbolOf(trace.value, ref)) : ref;
  if (value === null) return words.number(name, texts.diagram.notReached);
  return words.number(name, sofar ? texts.names.sofar(plain(value)) : valueInWords(value, ref));
}
