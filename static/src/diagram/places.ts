/** In which columns the number of a ref stands, and at which unit of each. */

import type { Trace } from '../api/types';
import { canonical, parseRef } from '../refs';
import type { Column } from './columns';

export interface Place {
  column: number;
  unit: number;
}

/** A weight stands between two units; everything else at one, and what belongs to no unit nowhere. */
export function placeOf(trace: Trace, columns: readonly Column[], ref: string): Place[] {
  const parsed = parseRef(canonical(trace.layers, ref));
  const unit = parsed?.index.at(-1);
  if (!parsed || unit === undefined) return [];
  if (parsed.name === 'x') return [{ column: 0, unit }];
  if (parsed.name === 'y' || parsed.name === 'loss') return [{ column: columns.length - 1, unit }];
  const column = columns.findIndex(({ layers }) => layers.some(({ name }) => name === parsed.name));
  if (column < 0 || parsed.part === 'one') return [];
  const [source] = parsed.index;
  const between = parsed.part === 'w' && parsed.index.length === 2 && source !== undefined;
  return between
    ? [
        { column: column - 1, unit: source },
        { column, unit },
      ]
    : [{ column, unit }];
}
