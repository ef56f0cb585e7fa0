import type { CheckRow } from '../api/check';
import { pointing } from '../inspector/lit';
import { SymbolMath } from '../maths/MathML';
import { spoken } from '../maths/symbol';
import { leadOf } from '../numbers/column';
import { LossText } from '../numbers/LossText';
import { NumberText } from '../numbers/NumberText';
import { baseOf, gradientOf } from '../refs';
import { selectRow } from '../state/check';
import { lit } from '../state/store';
import { texts } from '../texts';
import { type Leads, NUMBERS, type NumberColumn } from './decimals';
import type { Column } from './sort';
import { Verdict } from './Verdict';

interface Props {
  row: CheckRow;
  symbol: string;
  epsilon: number;
  /** Counted from 1, the head included, over all rows and not only those drawn. */
  place: number;
  current: boolean;
  tabbable: boolean;
  columns: readonly Column[];
  leads: Leads;
}

/** One derivative both ways. A click anywhere selects it. */
export function Row({ row, symbol, epsilon, place, current, tabbable, columns, leads }: Props) {
  const { ref } = row;
  const attended = lit.value.some((one) => baseOf(one) === ref);
  const states = [current && 'current', attended && 'lit', row.verdict === 'differs' && 'failed']
    .filter(Boolean)
    .join(' ');
  const { onFocus, onBlur, ...hover } = pointing(ref);
  return (
    <tr class={states} aria-rowindex={place} data-row={ref} onClick={() => selectRow(ref)} {...hover}>
      <th scope="row" class="ref">
        <button
          type="button"
          class="symbol-button"
          tabIndex={tabbable ? 0 : -1}
          aria-label={spoken(symbol)}
          aria-pressed={current}
          title={texts.check.rowTitle}
          onFocus={onFocus}
          onBlur={onBlur}
        >
          <SymbolMath of={symbol} />
        </button>
      </th>
      {NUMBERS.filter((column) => columns.includes(column)).map((column) => (
        <td key={column} class={column} style={{ '--in': leads[column] - leadOf(row[column]) }}>
          <Entry column={column} row={row} epsilon={epsilon} />
        </td>
      ))}
      <td class="verdict">
        <Verdict of={row.verdict} />
      </td>
    </tr>
  );
}

function Entry({ column, row, epsilon }: { column: NumberColumn; row: CheckRow; epsilon: number }) {
  const value = row[column];
  if (value === null) return <>–</>;
  if (column === 'left' || column === 'right') return <LossText loss={value} epsilon={epsilon} />;
  return <NumberText value={value} of={column === 'analytic' ? gradientOf(row.ref) : null} fixed />;
}
