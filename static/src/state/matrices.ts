/** The Matrices view's state: which equations are shown, and what is looked at in them. */

import { computed, signal } from '@preact/signals';
import { leaves } from '../inspector/leaves';
import { chosen, type LawChoice, layersIn } from '../matrices/choice';
import { equationsOf, resultOf } from '../matrices/equations';
import { isWorkedOn } from '../matrices/progress';
import { type Cells, isSet } from '../matrices/room';
import { canonical } from '../refs';
import { growing, lit, pieces, selected, trace } from './store';
import { partial } from './telling';

export const law = signal<LawChoice>('all');
export const layer = signal<string | null>(null);
export const cells = signal<Cells>('colours');

const equations = computed(() => (trace.value ? equationsOf(trace.value) : []));
export const layers = computed(() => layersIn(equations.value));
/** A layer that another network does not have is not chosen there. */
export const chosenLayer = computed(() => (layers.value.includes(layer.value ?? '') ? layer.value : null));
export const shownEquations = computed(() => chosen(equations.value, law.value, chosenLayer.value));

export const someAreLarge = computed(() =>
  shownEquations.value.some(({ parts }) => parts.some((part) => part.kind === 'matrix' && !isSet(part.matrix))),
);

/** The equation that the current step works on. */
export const workedOn = computed(() => {
  const stages = trace.value?.stages ?? [];
  const found = shownEquations.value.find((one) => {
    const result = resultOf(one);
    // x̂ is made on the way to the output.
    if (one.kind === 'normalized') return false;
    return result
      ? isWorkedOn(stages, pieces.value, result)
      : one.kind === 'loss' && pieces.value.at(-1)?.stage.computes === 'loss';
  });
  return found?.id ?? null;
});

const firstHand = (refs: readonly string[]): string[] => refs.map((ref) => canonical(trace.value?.layers ?? [], ref));

/** What is pointed at, on this view or another pane of the page. */
export const litRefs = computed<ReadonlySet<string>>(() => new Set(firstHand(lit.value)));
export const selectedRef = computed(() => firstHand(selected.value === null ? [] : [selected.value])[0] ?? null);
/** Term by term: the numbers of the product that was just added. */
export const termRefs = computed<ReadonlySet<string>>(
  () => new Set(partial.value ? firstHand(leaves(partial.value.term).map(({ ref }) => ref)) : []),
);
/** Numbers of a node that are complete before all of it is. */
export const settledRefs = computed<ReadonlySet<string>>(() => new Set(growing.value?.settled));

/** What rows and columns are lit for: what is pointed at, or else what is selected, or else what grows term by term. */
export const lookedAt = computed<readonly string[]>(() => {
  if (litRefs.value.size > 0) return [...litRefs.value];
  if (selectedRef.value !== null) return [selectedRef.value];
  return growing.value ? [growing.value.ref] : [];
});

export function setLaw(choice: LawChoice): void {
  law.value = choice;
}

export function setLayer(name: string | null): void {
  layer.value = name;
}

export function setCells(choice: Cells): void {
  cells.value = choice;
}
