import { Fragment } from 'preact';
import { useRef } from 'preact/hooks';
import { plain, widthOf } from '../numbers/format';
import { SymbolMath } from '../ui/MathML';
import { Messages } from '../ui/Messages';
import { NumberField } from '../ui/NumberField';
import { Sideways } from '../ui/scrolling';
import { AROUND, Cells, TYPE } from './Cells';

/** A matrix with more numbers is shown in a sheet that draws only its visible part. */
const MOST = 100;
/** Width of the row names, in CSS pixels. */
const HEAD = 24;

/** The symbols of the units of the rows and columns; none where the column is already named above. */
export interface Heads {
  row: (row: number) => string;
  column: ((column: number) => string) | null;
}

interface Props {
  pointer: string;
  label: string;
  rows: readonly (readonly number[])[];
  /** The document stores a matrix of one row as a vector: its numbers have one index. */
  vector?: boolean;
  name: (row: number, column: number) => string;
  heads: Heads;
  /** Width of the longest number, including those of the matrices beneath it. */
  widest: number;
  onPaste: (row: number, column: number, text: string) => boolean;
}

/** In multiples of the font size. */
export const widestOf = (rows: readonly (readonly number[])[]): number =>
  Math.max(...rows.slice(0, 50).map((row) => Math.max(...row.map((value) => widthOf(plain(value))))));

/** An editable matrix of numbers, laid out as it is written. */
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
  // In a single row each number has its name beside it, so that the row can wrap.
  const wrapping = vector && heads.column !== null;
  return (
    <>
      <Sideways of={box} head={HEAD} arrows={heads.column !== null}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would add borders and space; the role is equivalent. */}
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

/** For display only: each field's label names its number. */
const Head = ({ of, row = false }: { of: string | null; row?: boolean }) => (
  <span aria-hidden="true" class={row ? 'head row-head' : 'head'}>
    {of && <SymbolMath of={of} />}
  </span>
);
