import { plain } from '../numbers/format';
import { Cells } from './Cells';
import { Messages } from './Messages';
import { NumberField } from './NumberField';

/** More than this stands in a sheet of which only the part in view is drawn. */
const MOST = 100;

interface Props {
  pointer: string;
  label: string;
  rows: readonly (readonly number[])[];
  /** A matrix of one row is a vector in the document: its numbers have one index. */
  vector?: boolean;
  name: (row: number, column: number) => string;
}

/** A matrix of numbers to type, laid out as it is written. */
export function Numbers({ pointer, label, rows, vector = false, name }: Props) {
  const columns = rows[0]?.length ?? 0;
  const place = (row: number, column: number) => (vector ? `${pointer}/${column}` : `${pointer}/${row}/${column}`);
  const widest = Math.max(...rows.slice(0, 50).map((row) => Math.max(...row.map((value) => plain(value).length))));
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
        />
        <Messages at={(where) => where.startsWith(`${pointer}/`)} />
      </>
    );
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw and space itself; the role says the same. */}
      <div role="group" aria-label={label} class="numbers" style={{ '--columns': columns, '--widest': widest }}>
        {rows.map((row, j) =>
          row.map((value, k) => {
            const own = place(j, k);
            return <NumberField key={own} pointer={own} value={value} label={name(j, k)} />;
          }),
        )}
      </div>
      <Messages at={(where) => where.startsWith(`${pointer}/`)} />
    </>
  );
}
