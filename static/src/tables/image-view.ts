/** Everything that the tables of a network on images show, worked out once for each change of what it depends on. */

import { computed } from '@preact/signals';
import { derivativeOf, parameterDerivative } from '../maps/view';
import { canonical } from '../refs';
import { isKnown } from '../state/known';
import { opened } from '../state/maps';
import { attended } from '../state/pictured';
import { growing, pieces, sample, selected, trace } from '../state/store';
import { partial } from '../state/telling';
import { computedRefs } from '../timeline/results';
import { currentIn, imageTables } from './images';
import { entry } from './rows';
import type { Line } from './Table';

const computing = computed<ReadonlySet<string>>(() => {
  if (growing.value) return new Set([growing.value.ref]);
  return new Set(computedRefs(pieces.value, sample.value));
});

export const imageTablesShown = computed(() => {
  if (!trace.value) return [];
  return imageTables(trace.value, {
    known: isKnown,
    sum: partial.value,
    computing: computing.value,
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
  return { id: 'loss', symbol: 'ℓ', current: computing.value.has('loss'), facts: [], entries: [value] };
});

/** The first row that the current step is at: it is brought into view. */
export const currentRow = computed(
  () => currentIn(imageTablesShown.value) ?? (lossLine.value?.current ? 'loss' : null),
);
