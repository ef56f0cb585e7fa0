/** The current content of a link. */

import { computed } from '@preact/signals';
import { MAX_WAY, type SharedState } from '../model/shared-state';
import { type Way, wayTo } from '../model/training-line';
import * as attention from './attention';
import * as store from './store';

export const shared = computed<SharedState | null>(() => {
  const { network, trace, requestError: trouble } = store;
  // A refused document could not be opened from a link, so the last accepted one is shared.
  const document = trouble.value?.kind === 'refused' ? (trace.value?.document ?? null) : network.value;
  return (
    document && {
      document,
      step: store.trainingStep.value,
      // The address keeps the start that a link contained; the Share panel offers it for any other.
      start: store.line.value?.way ? way.value : null,
      sample: store.sample.value,
      cursor: store.cursor.value,
      grain: store.grain.value,
      trail: attention.selectionPath.value,
      notation: store.notation.value,
      edges: store.edgeMode.value,
      nodes: store.nodeMode.value,
      table: store.asTable.value,
      example: trouble.value?.kind === 'refused' ? null : store.example.value,
    }
  );
});

/** The start of the training steps before this one, if they are not too many for a link. */
export const way = computed<Way | null>(() => {
  const { line, trainingStep } = store;
  const found = line.value && wayTo(line.value, trainingStep.value);
  return found && trainingStep.value - found.step <= MAX_WAY ? found : null;
});

/** The default state, which the address need not contain. */
export function isBeginning({
  example,
  step,
  sample,
  cursor,
  grain,
  trail,
  notation,
  edges,
  nodes,
  table,
}: SharedState): boolean {
  const first = store.examples.value[0]?.slug;
  const untouched = step === 1 && sample === 0 && cursor === 0 && trail.length === 0;
  const asUsual = grain === 'node' && notation === 'scalar' && edges === 'auto' && nodes === 'both' && !table;
  return example !== null && example === first && untouched && asUsual;
}
