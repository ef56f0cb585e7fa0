import { Fragment } from 'preact';
import { SymbolMath } from '../maths/MathML';
import { plain } from '../numbers/format';
import { Cells } from './Cells';
import { Messages } from './Messages';
import { NumberField } from './NumberField';

/** More than this stands in a sheet of which only the part in view is drawn. */
const MOST = 100;

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

export const widestOf = (rows: readonly (readonly number[])[]): number =>
  Math.max(...rows.slice(0, 50).map((row) => Math.max(...row.map((value) => plain(value).length))));

/** A matrix of numbers to type, laid out as it is written. */
export function Numbers({ pointer, label, rows, vector = false, name, heads, widest, onPaste }: Props) {
  const columns = rows[0]?.length ?? 0;
  const place = (row: number, column: number) => (vector ? `${pointer}/${column}` : `${pointer}/${row}/${column}`);
  if (rows.length * columns > MOST) {
    return (
      <>
        <Cells
          label={label}
          rows={rows.length}
          columns={columns}
          widest={widest * 8 + 12}
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
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw and space itself; the role says the same. */}
      <div
        role="group"
        aria-label={label}
        class="numbers"
        style={{ '--columns': columns, '--widest': widest }}
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
        {heads.column && <Head of={null} />}
        {heads.column && rows[0]?.map((_, column) => <Head key={column} of={heads.column?.(column) ?? null} />)}
        {rows.map((row, j) => (
          <Fragment key={j}>
            <Head row of={heads.row(j)} />
            {row.map((value, k) => {
              const own = place(j, k);
              return <NumberField key={own} pointer={own} value={value} label={name(j, k)} />;
            })}
          </Fragment>
        ))}
      </div>
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
