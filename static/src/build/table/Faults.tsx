import { table as words } from '../../texts/table';
import type { Fault } from './faults';
import type { TableState } from './useTable';

const said = words.faults;
/** More are not told at once. */
const MOST = 5;

/** What keeps the table from being used, by row and column. */
export function Faults({ table: { faults, long, refused } }: { table: TableState }) {
  const told = [
    ...faults.slice(0, MOST).map(sayFault),
    ...(long ? [said.long(long.rows, long.most)] : []),
    ...(refused ? [refused] : []),
  ];
  return (
    <div class="faults" role="alert">
      {told.map((text) => (
        <p key={text} class="message">
          {text}
        </p>
      ))}
    </div>
  );
}

export function sayFault(fault: Fault): string {
  switch (fault.kind) {
    case 'severalClasses':
      return said.severalClasses(fault.columns);
    case 'oneClass':
    case 'manyClasses':
      return said[fault.kind](fault.column, fault.name);
    case 'missing':
      return said.missing(fault.column, fault.name, fault.count, fault.row);
    case 'date':
    case 'text':
    case 'huge':
      return said[fault.kind](fault.column, fault.name, fault.count, fault.row, fault.text);
    case 'ragged':
      return said.ragged(fault.row, fault.cells, fault.expected);
    case 'unclosed':
      return said.unclosed(fault.row);
    case 'wide':
      return said.wide(fault.columns, fault.most);
    default:
      return said[fault.kind];
  }
}
