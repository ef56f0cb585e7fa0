import { useEffect, useRef, useState } from 'preact/hooks';
import type { CheckRow } from '../api/questions';
import { spoken } from '../maths/symbol';
import { baseOf, symbolOf } from '../model/refs';
import { decimalsAt, leadOf } from '../numbers/format';
import { hover } from '../state/attention';
import { trace } from '../state/store';
import { check } from '../texts/check';
import { Verdict } from '../ui/Grounds';
import { hoverProps } from '../ui/highlight';
import { SymbolMath } from '../ui/MathML';
import { NumberText } from '../ui/NumberText';
import { useFocusOnceDrawn, useWindow } from '../ui/windowed';
import { LossText } from './marks';
import { COLUMNS, type Column, type Leads, NUMBERS, type NumberColumn } from './sort';
import { checked, current, derivativeOf, filter, leads, order, revealed, rows, selectRow, sortBy } from './state';

/** Heights in pixels, as in table.css. */
const ROW = 32;
const HEAD = 36;

/** All rows in a scrolling frame, of which only the visible ones are drawn. */
export function Table() {
  const frame = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const focusOnceDrawn = useFocusOnceDrawn(frame);
  const all = rows.value;
  const { window, view, show } = useWindow(frame, { width: 600, height: 400 }, () => ({
    rows: all.length,
    cell: { width: 0, height: ROW },
    head: { width: 0, height: HEAD },
  }));
  const { first, end } = window.rows;
  const drawn = all.slice(first, end);
  const network = trace.value;
  const epsilon = checked.value?.epsilon ?? 1;
  // If no layer supports the complex step, its column would be empty.
  const columns = checked.value?.no_complex_step ? COLUMNS.filter((column) => column !== 'complex_step') : COLUMNS;

  useEffect(() => {
    const place = all.findIndex(({ ref }) => ref === revealed.value);
    if (place >= 0) show(place);
    revealed.value = null;
  }, [revealed.value]);

  const onKeyDown = (event: KeyboardEvent) => {
    const here = all.findIndex(({ ref }) => ref === focused);
    const page = Math.max(1, Math.floor((view.height - HEAD) / ROW) - 1);
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    if (by === undefined || here < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const place = Math.min(all.length - 1, Math.max(0, here + by));
    setFocused(all[place]?.ref ?? null);
    show(place);
    focusOnceDrawn(`[data-row="${all[place]?.ref}"] button`);
  };

  if (!network) return null;
  // Tab enters at the row that last had the focus, at the selected row, or at the first visible row.
  const stop =
    [focused, current.value?.ref].find((ref) => drawn.some((row) => row.ref === ref)) ??
    all[Math.ceil(view.top / ROW)]?.ref;
  return (
    <div class="table-frame" ref={frame}>
      <table
        style={{ '--decimals': Math.min(decimalsAt(epsilon), 16) }}
        aria-label={check.table}
        aria-description={check.tableHint}
        aria-rowcount={all.length + 1}
      >
        <Heads columns={columns} />
        <tbody
          onKeyDown={onKeyDown}
          onFocusCapture={(event) => setFocused((event.target as Element).closest('tr')?.dataset.row ?? null)}
        >
          <Spacer height={first * ROW} columns={columns.length} />
          {drawn.map((row, place) => (
            <Row
              key={row.ref}
              row={row}
              derivative={derivativeOf(network, row.ref)}
              symbol={symbolOf(network, derivativeOf(network, row.ref))}
              epsilon={epsilon}
              place={first + place + 2}
              current={row.ref === current.value?.ref}
              tabbable={row.ref === stop}
              columns={columns}
              leads={leads.value}
            />
          ))}
          <Spacer height={(all.length - end) * ROW} columns={columns.length} />
        </tbody>
      </table>
      {all.length === 0 && <p class="empty">{check.empty[filter.value]}</p>}
    </div>
  );
}

/** Keeps the height of the rows that are not drawn. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height === 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus.
    <tr class="spacer" aria-hidden="true">
      <td colSpan={columns} style={{ height: `${height}px` }} />
    </tr>
  );
}

/** The column heads. Each sorts by its column; a second press reverses the order. */
function Heads({ columns }: { columns: readonly Column[] }) {
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
      <button type="button" title={check.columnTitles[column]} onClick={() => sortBy(column)}>
        {check.columns[column]}
        <svg class="direction" viewBox="0 0 8 8" aria-hidden="true">
          <path d={descending ? 'M1 2h6L4 7z' : 'M1 6h6L4 1z'} />
        </svg>
      </button>
    </th>
  );
}

interface Props {
  row: CheckRow;
  derivative: string;
  symbol: string;
  epsilon: number;
  /** Counted from 1, including the head, over all rows and not only the drawn ones. */
  place: number;
  current: boolean;
  tabbable: boolean;
  columns: readonly Column[];
  leads: Leads;
}

/** One derivative by both methods. A click anywhere selects it. */
function Row({ row, derivative, symbol, epsilon, place, current, tabbable, columns, leads }: Props) {
  const { ref } = row;
  const highlighted = hover.value.some((one) => baseOf(one) === ref);
  const states = [current && 'current', highlighted && 'lit', row.verdict === 'differs' && 'failed']
    .filter(Boolean)
    .join(' ');
  const { onFocus, onBlur, ...pointer } = hoverProps(ref);
  return (
    <tr class={states} aria-rowindex={place} data-row={ref} onClick={() => selectRow(ref)} {...pointer}>
      <th scope="row" class="ref">
        <button
          type="button"
          class="symbol-button"
          tabIndex={tabbable ? 0 : -1}
          aria-label={spoken(symbol)}
          aria-pressed={current}
          title={check.rowTitle}
          onFocus={onFocus}
          onBlur={onBlur}
        >
          <SymbolMath of={symbol} />
        </button>
      </th>
      {NUMBERS.filter((column) => columns.includes(column)).map((column) => (
        <td key={column} class={column} style={{ '--in': leads[column] - leadOf(row[column]) }}>
          <Entry column={column} row={row} derivative={derivative} epsilon={epsilon} />
        </td>
      ))}
      <td class="verdict">
        <Verdict of={row.verdict} />
      </td>
    </tr>
  );
}

interface EntryProps extends Pick<Props, 'row' | 'derivative' | 'epsilon'> {
  column: NumberColumn;
}

function Entry({ column, row, derivative, epsilon }: EntryProps) {
  const value = row[column];
  if (value === null) return <>–</>;
  if (column === 'left' || column === 'right') return <LossText loss={value} epsilon={epsilon} />;
  return <NumberText value={value} of={column === 'analytic' ? derivative : null} fixed />;
}
