import { Fragment } from 'preact';
import { useRef } from 'preact/hooks';
import { plain, widthOf } from '../numbers/format';
import { SymbolMath } from '../ui/MathML';
import { Messages } from '../ui/Messages';
import { NumberField } from '../ui/NumberField';
import { Sideways } from '../ui/Sideways';
import { AROUND, Cells, TYPE } from './Cells';

/** More numbers than this are shown in a sheet of which only the visible part is drawn. */
const MOST = 100;
/** What the names of the rows take, in CSS pixels. */
const HEAD = 24;

/** The symbols of what the rows and columns belong to; columns that are named above already have none. */
export interface Heads {
  row: (row: number) => string;
  column: ((column: number) => string) | null;
}

interface Props {
  pointer: string;
  label: string;
  rows: readonly (readonly number[])[];
  /** A matrix of one row is a vector in the document: its numbers have one index. */
  vector?: boolean;
  name: (row: number, column: number) => string;
  heads: Heads;
  /** Of the longest number, with those of the matrices beneath it. */
  widest: number;
  onPaste: (row: number, column: number, text: string) => boolean;
}

/** As a share of the size of the type. */
export const widestOf = (rows: readonly (readonly number[])[]): number =>
  Math.max(...rows.slice(0, 50).map((row) => Math.max(...row.map((value) => widthOf(plain(value))))));

/** A matrix of numbers to type, laid out as it is written. */
export function Numbers({ pointer, label, rows, vector = false, name, heads, widest, onPaste }: Props) {
  const columns = rows[0]?.length ?? 0;
  const box = useRef<HTMLDivElement>(null);
  const place = (row: number, column: number) => (vector ? `${pointer}/${column}` : `${pointer}/${row}/${column}`);
  if (rows.length * columns > MOST) {
    return (
      <>
        <Cells
          label={label}
          rows={rows.length}
          columns={columns}
          widest={widest * TYPE + AROUND}
          cell={(row, column) => ({
            pointer: place(row, column),
            value: rows[row]?.[column] ?? 0,
            label: name(row, column),
          })}
          corner={label}
          rowHead={(row) => <span class="count">{row + 1}</span>}
          heads={(column) => column + 1}
          onPaste={onPaste}
        />
        <Messages at={(where) => where.startsWith(`${pointer}/`)} />
      </>
    );
  }
  // Of numbers in one line, each has its name with it, so that they may go on in the next line.
  const wrapping = vector && heads.column !== null;
  return (
    <>
      <Sideways of={box} head={HEAD} arrows={heads.column !== null}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw and space itself; the role says the same. */}
        <div
          ref={box}
          role="group"
          aria-label={label}
          class={wrapping ? 'numbers wrapping' : 'numbers'}
          style={{ '--columns': columns, '--widest': widest, '--head': `${HEAD}px` }}
          onPaste={(event) => {
            const own = (event.target as HTMLElement).dataset.pointer
              ?.slice(pointer.length + 1)
              .split('/')
              .map(Number);
            const [row = 0, column = 0] = vector ? [0, ...(own ?? [])] : (own ?? []);
            const text = event.clipboardData?.getData('text/plain') ?? '';
            if (own && onPaste(row, column, text)) event.preventDefault();
          }}
        >
          {heads.column && !wrapping && <Head of={null} />}
          {heads.column &&
            !wrapping &&
            rows[0]?.map((_, column) => <Head key={column} of={heads.column?.(column) ?? null} />)}
          {rows.map((row, j) => (
            <Fragment key={j}>
              {!wrapping && <Head row of={heads.row(j)} />}
              {row.map((value, k) => {
                const own = place(j, k);
                const field = <NumberField key={own} pointer={own} value={value} label={name(j, k)} />;
                if (!wrapping) return field;
                return (
                  <span key={own}>
                    <Head of={heads.column?.(k) ?? null} />
                    {field}
                  </span>
                );
              })}
            </Fragment>
          ))}
        </div>
      </Sideways>
      <Messages at={(where) => where.startsWith(`${pointer}/`)} />
    </>
  );
}

/** The fields say in words which number they are. */
const Head = ({ of, row = false }: { of: string | null; row?: boolean }) => (
  <span aria-hidden="true" class={row ? 'head row-head' : 'head'}>
    {of && <SymbolMath of={of} />}
  </span>
);
