import { plain } from '../numbers/format';
import { texts } from '../texts';
import { Messages } from './Messages';
import { NumberField } from './NumberField';

/** More than this is not typed by hand. */
const MOST = 400;

interface Props {
  pointer: string;
  label: string;
  rows: readonly (readonly number[])[];
  /** A matrix of one row or one column is a vector in the document: its numbers have one index. */
  vector?: boolean;
  name: (row: number, column: number) => string;
}

/** A matrix of numbers to type, laid out as it is written. */
export function Numbers({ pointer, label, rows, vector = false, name }: Props) {
  const columns = rows[0]?.length ?? 0;
  if (rows.length * columns > MOST) return <p class="too-many">{texts.build.tooMany(rows.length, columns)}</p>;
  const widest = Math.max(...rows.flat().map((value) => plain(value).length));
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw and space itself; the role says the same. */}
      <div role="group" aria-label={label} class="numbers" style={{ '--columns': columns, '--widest': widest }}>
        {rows.map((row, j) =>
          row.map((value, k) => {
            const place = vector ? `${pointer}/${j + k}` : `${pointer}/${j}/${k}`;
            return <NumberField key={place} pointer={place} value={value} label={name(j, k)} />;
          }),
        )}
      </div>
      <Messages at={(where) => where.startsWith(`${pointer}/`)} />
    </>
  );
}
