/** Errors that prevent the chosen use of a table. Separate from `understand.ts`, whose parser only the worker loads. */

import type { Choice, Role } from './columns';
import type { Understood } from './understand';

export type Fault =
  | { kind: 'noInput' | 'noTarget' | 'both' | 'oneColumn' | 'noRows' | 'question' }
  | { kind: 'severalClasses'; columns: number[] }
  | { kind: 'oneClass' | 'manyClasses'; column: number; name: string }
  | {
      kind: 'missing' | 'date' | 'text' | 'huge';
      column: number;
      name: string;
      count: number;
      row: number;
      text: string;
    }
  | { kind: 'ragged'; row: number; cells: number; expected: number }
  | { kind: 'unclosed'; row: number }
  | { kind: 'wide'; columns: number; most: number };

/** The errors of the chosen use; a network has limited numbers of inputs and outputs. A loss may need no targets. */
export function faultsOf(
  table: Understood,
  { roles, complete }: Omit<Choice, 'most'>,
  width: number,
  targetsNeeded = true,
): Fault[] {
  const faults: Fault[] = [];
  const { columns, ragged, unclosed, question, rows } = table;
  if (unclosed !== null) faults.push({ kind: 'unclosed', row: unclosed });
  else if (ragged) faults.push({ kind: 'ragged', row: ragged.row, cells: ragged.cells, expected: ragged.expected });
  if (question) faults.push({ kind: 'question' });
  if (rows === 0) return [...faults, { kind: 'noRows' }];
  if (columns.length === 1 && targetsNeeded) return [...faults, { kind: 'oneColumn' }];
  const places = (role: Role) => roles.flatMap((one, place) => (one === role ? [place] : []));
  const [inputs, targets, classes] = [places('input'), places('target'), places('class')];
  if (inputs.length === 0) faults.push({ kind: 'noInput' });
  if (targetsNeeded && targets.length + classes.length === 0) faults.push({ kind: 'noTarget' });
  if (targets.length && classes.length) faults.push({ kind: 'both' });
  if (classes.length > 1) faults.push({ kind: 'severalClasses', columns: classes.map((place) => place + 1) });
  for (const used of [inputs, targets]) {
    if (used.length > width) faults.push({ kind: 'wide', columns: used.length, most: width });
  }
  for (const [place, role] of roles.entries()) {
    const column = columns[place];
    if (!column || role === 'unused') continue;
    const kinds = role === 'class' ? (['missing'] as const) : (['text', 'date', 'huge', 'missing'] as const);
    for (const kind of kinds) {
      const first = column.first[kind];
      if (!first || (kind === 'missing' && complete)) continue;
      faults.push({ kind, column: place + 1, name: column.name, count: column.counts[kind], ...first });
    }
    if (role !== 'class') continue;
    if (!column.classes) faults.push({ kind: 'manyClasses', column: place + 1, name: column.name });
    else if (column.classes.length < 2) faults.push({ kind: 'oneClass', column: place + 1, name: column.name });
  }
  return faults;
}
