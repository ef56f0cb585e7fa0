/** Everything that the tables show, worked out once for each change of what it depends on. */

import { computed } from '@preact/signals';
import { focusOf } from '../diagram/focus';
import { type Pictured, pictureOf } from '../diagram/picture';
import { isKnown } from '../state/known';
import { columns, shownUnits } from '../state/pictured';
import { pieces, sample, selected, trace } from '../state/store';
import { partial } from '../state/telling';
import { goalRows, type Moment, rowsOf } from './rows';

/** Some weights of a layer are listed also where there are too many to be drawn as lines. */
const listed = computed<Pictured | null>(() => {
  const current = trace.value;
  return current && { ...current, ...pictureOf(current, columns.value, shownUnits.value, Number.POSITIVE_INFINITY) };
});

export const tables = computed(() => {
  const current = listed.value;
  if (!current || columns.value.length === 0) return { columns: [], goal: [] };
  const focus = focusOf(current, pieces.value, sample.value);
  const at: Moment = { focus, known: isKnown, sum: partial.value, selected: selected.value };
  return { columns: rowsOf(current, columns.value, at), goal: goalRows(current, at) };
});

/** The first row that the current step is at: it is brought into view. */
export const current = computed(() => {
  const { columns, goal } = tables.value;
  for (const { weights, units } of columns) {
    const weight = weights.find((row) => row.current);
    const unit = units.find((row) => row.current);
    if (weight ?? unit) return weight?.ref ?? unit?.node.id ?? null;
  }
  return goal.find((row) => row.current)?.ref ?? null;
});
