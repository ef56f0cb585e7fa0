import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { NumberField } from '../ui/NumberField';
import { Sideways } from '../ui/scrolling';
import type { Bounds } from '../ui/scrub';
import { spanned, useFocusOnceDrawn, useWindow } from '../ui/windowed';

export const ROW = 30;
const LEAST = 36;
const HEAD = 34;
/** Font size in a cell and beside it, in CSS pixels. */
export const TYPE = 14;
export const AROUND = 13;
/** Larger sheets draw only the visible rows and columns and a few beyond: each field costs time in every frame. */
const FEW = 12;
/** The limit while the focus is in the sheet: Tab reaches this many, and scrolling keeps the edited field. */
const MANY = 40;
const BEYOND = 3;

export interface Cell {
  pointer: string;
  value: number;
  label: string;
  whole?: boolean;
  bounds?: Bounds;
}

interface Props {
  label: string;
  rows: number;
  columns: number;
  /** Width of the longest number in pixels. */
  widest: number;
  cell: (row: number, column: number) => Cell;
  rowHead: (row: number) => ComponentChildren;
  heads: (column: number) => ComponentChildren;
  corner: string;
  /** The first column of another kind of number. */
  divided?: number;
  onPaste?: (row: number, column: number, text: string) => boolean;
}

/** A sheet of numbers: arrow keys and Enter go from cell to cell; of a large sheet only the visible cells are drawn. */
export function Cells(props: Props) {
  const { label, rows, columns, cell, rowHead, heads, corner, divided, onPaste } = props;
  const box = useRef<HTMLDivElement>(null);
  const [inside, setInside] = useState(false);
  const focusOnceDrawn = useFocusOnceDrawn(box);
  const most = inside ? MANY : FEW;
  const {
    window,
    cell: size,
    show,
  } = useWindow(box, { width: 224, height: 240 }, (room) => ({
    rows,
    columns,
    cell: { width: Math.max(LEAST, Math.min(80, props.widest), (room.width - HEAD - 1) / columns), height: ROW },
    head: { width: HEAD, height: ROW },
    beyond: { rows: rows > most ? BEYOND : Infinity, columns: columns > most ? BEYOND : Infinity },
  }));
  const { width } = size;
  const [down, right] = [window.rows, window.columns];

  const go = (row: number, column: number) => {
    if (row < 0 || row >= rows || column < 0 || column >= columns) return;
    show(row, column);
    focusOnceDrawn(`[data-cell="${row},${column}"] input`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = placeOf(event.target);
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
    const [row, column] = at;
    const by = stepFor(event);
    if (!by) return;
    event.preventDefault();
    go(row + by[0], column + by[1]);
  };

  const blank = (size: number) => size > 0 && <td aria-hidden="true" style={{ width: `${size}px` }} />;
  const gap = (size: number) =>
    size > 0 && (
      <tr style={{ height: `${size}px` }}>
        <td />
      </tr>
    );
  return (
    <Sideways of={box} head={HEAD}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the events come from the fields within. */}
      <div
        ref={box}
        class="cells"
        style={{ '--cell': `${width}px`, '--head': `${HEAD}px` }}
        onKeyDown={onKeyDown}
        onFocusIn={() => setInside(true)}
        onFocusOut={(event) => setInside(event.currentTarget.contains(event.relatedTarget as Node | null))}
        onPaste={(event) => {
          const at = placeOf(event.target);
          const text = event.clipboardData?.getData('text/plain') ?? '';
          if (at && onPaste?.(at[0], at[1], text)) event.preventDefault();
        }}
      >
        <table
          aria-label={label}
          style={{ width: `${HEAD + columns * width}px` }}
          aria-rowcount={rows + 1}
          aria-colcount={columns + 1}
        >
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" aria-colindex={1} class="head">
                <span class="visually-hidden">{corner}</span>
              </th>
              {blank(right.first * width)}
              {spanned(right).map((column) => (
                <th scope="col" key={column} aria-colindex={column + 2} class={edge(column, divided)}>
                  {heads(column)}
                </th>
              ))}
              {blank((columns - right.end) * width)}
            </tr>
          </thead>
          <tbody>
            {gap(down.first * ROW)}
            {spanned(down).map((row) => (
              <tr key={row} aria-rowindex={row + 2}>
                <th scope="row" aria-colindex={1} class="head">
                  {rowHead(row)}
                </th>
                {blank(right.first * width)}
                {spanned(right).map((column) => (
                  <td
                    key={column}
                    aria-colindex={column + 2}
                    class={edge(column, divided)}
                    data-cell={`${row},${column}`}
                  >
                    <NumberField inSheet {...cell(row, column)} />
                  </td>
                ))}
                {blank((columns - right.end) * width)}
              </tr>
            ))}
            {gap((rows - down.end) * ROW)}
          </tbody>
        </table>
      </div>
    </Sideways>
  );
}

const edge = (column: number, divided?: number): string => (column === divided ? 'cell divided' : 'cell');

function placeOf(target: EventTarget | null): [number, number] | null {
  const place = (target as Element | null)?.closest<HTMLElement>('[data-cell]')?.dataset.cell;
  const [row, column] = place?.split(',').map(Number) ?? [];
  return row === undefined || column === undefined ? null : [row, column];
}

/** Left and right leave a cell only at that end of its text, or when all of its text is selected. */
function stepFor(event: KeyboardEvent): [number, number] | null {
  if (event.key === 'Enter') return [event.shiftKey ? -1 : 1, 0];
  if (event.key === 'ArrowUp') return [-1, 0];
  if (event.key === 'ArrowDown') return [1, 0];
  const { selectionStart: from, selectionEnd: to, value } = event.target as HTMLInputElement;
  const whole = from === 0 && to === value.length;
  if (event.key === 'ArrowLeft' && (whole || (from === 0 && to === 0))) return [0, -1];
  if (event.key === 'ArrowRight' && (whole || (from === value.length && to === value.length))) return [0, 1];
  return null;
}
