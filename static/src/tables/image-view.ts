/** Everything that the tables of a network on images show, worked out once for each change of what it depends on. */

import { computed } from '@preact/signals';
import { derivativeOf, parameterDerivative } from '../maps/view';
import { canonical } from '../refs';
import { isKnown } from '../state/known';
import { opened } from '../state/maps';
import { attended } from '../state/pictured';
import { growing, pieces, selected, trace } from '../state/store';
import { partial } from '../state/telling';
import { isComputed } from '../timeline/known';
import { currentIn, imageTables } from './images';
import { entry } from './rows';
import type { Line } from './Table';

function computes(ref: string): boolean {
  if (growing.value) return growing.value.ref === ref;
  return trace.value !== null && isComputed(trace.value, pieces.value, ref);
}

export const imageTablesShown = computed(() => {
  if (!trace.value) return [];
  return imageTables(trace.value, {
    known: isKnown,
    sum: partial.value,
    computes,
    needed: attended.value && canonical(trace.value.layers, attended.value),
    selected: selected.value,
    derivative: derivativeOf,
    parameter: parameterDerivative,
    opened: opened.value,
  });
});

/** The loss has a table of its own, after the targets. */
export const lossLine = computed<Line | null>(() => {
  if (!trace.value) return null;
  const value = entry('loss', trace.value.loss.value, { known: isKnown, sum: partial.value });
  return { id: 'loss', symbol: 'ℓ', current: computes('loss'), facts: [], entries: [value] };
});

/** The first row that the current step is at: it is brought into view. */
export const currentRow = computed(
  () => currentIn(imageTablesShown.value) ?? (lossLine.value?.current ? 'loss' : null),
);
