/** The scale of a matrix's colours is that of all its numbers, so that a colour keeps its meaning while others appear. */

import { type Range, rangeOf } from '../heat/range';

const kept = new WeakMap<object, Range>();

/** Worked out once for each tensor, whichever equations it stands in, and found again as its transpose. */
export function rangeOfMatrix(values: readonly (readonly number[])[]): Range {
  const key = values.length === 1 ? (values[0] ?? values) : values;
  const range = kept.get(key) ?? rangeOf(all(values));
  kept.set(key, range);
  return range;
}

function* all(values: readonly (readonly number[])[]): Iterable<number> {
  for (const row of values) yield* row;
}
