/** The Matrices view's state: which equations are shown, and what is looked at in them. */

import { computed, effect, signal } from '@preact/signals';
import { postEquations } from '../api/questions';
import type { EquationAnswer, Trace } from '../api/types';
import type { Cells, LawChoice } from '../model/choices';
import { same } from '../model/json';
import { leaves } from '../model/lookup';
import { canonical } from '../model/refs';
import { type Trouble, troubleOf } from '../state/refusals';
import { abortPrevious, SUPERSEDED } from '../state/singleFlight';
import { growing, lit, pieces, selected, trace } from '../state/store';
import { partial } from '../state/telling';
import { chosen, layersIn } from './choice';
import { equationsOf, resultOf } from './equations';
import { isWorkedOn } from './progress';
import { isSet } from './room';

export const law = signal<LawChoice>('all');
export const layer = signal<string | null>(null);
export const cells = signal<Cells>('colours');

/** The last good answer, and what the network was like that it is of. */
const written = signal<{ of: string; equations: readonly EquationAnswer[] } | null>(null);
export const refused = signal<Trouble | null>(null);

const shape = computed(() => (trace.value ? shapeOf(trace.value) : null));

/** Equations have no numbers: while an answer for other numbers is awaited, the last ones stay. Those of another network do not. */
const current = computed(() => (written.value?.of === shape.value ? written.value : null));
/** Whether nothing can be shown before the answer is there. */
export const working = computed(() => trace.value !== null && current.value === null && refused.value === null);

const equations = computed(() =>
  trace.value && current.value ? equationsOf(trace.value, current.value.equations) : [],
);

/** All of a network and its data that an equation may be about: of numbers, whether they are there; of many, how many. */
function shapeOf({ document, stages, sampled }: Trace): string {
  const counts = stages.map(({ layer, computes, nodes, terms }) => [layer, computes, nodes, terms].join());
  const kinds = JSON.stringify(document, (_, value) => {
    if (Array.isArray(value) && (typeof value[0] === 'number' || Array.isArray(value[0]))) return value.length;
    return typeof value === 'number' ? value !== 0 : value;
  });
  return [kinds, sampled.length > 0, ...counts].join('\n');
}

/** While the view is open every new trace is asked about; only the newest counts. */
export function keepEquations(): () => void {
  return effect(() => {
    if (trace.value) void ask(trace.value);
  });
}

export function retry(): void {
  refused.value = null;
  if (trace.value) void ask(trace.value);
}

const newest = abortPrevious();

async function ask(of: Trace): Promise<void> {
  try {
    const answer = await newest((signal) => postEquations(of.document, signal));
    if (answer === SUPERSEDED) return;
    const before = written.value;
    const is = shapeOf(of);
    // What says the same is drawn once.
    if (before?.of !== is || !same(before.equations, answer.equations)) {
      written.value = { of: is, equations: answer.equations };
    }
    refused.value = null;
  } catch (error) {
    refused.value = troubleOf(error);
  }
}
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
  const found = shownEquations.value.filter((one) => {
    const result = resultOf(one);
    return result
      ? isWorkedOn(stages, pieces.value, result)
      : one.parts.length > 0 && pieces.value.at(-1)?.stage.computes === 'loss';
  });
  // What a layer keeps, as x̂, it makes on the way to its output.
  const [first] = found;
  const about = found.find((one) => !one.layer?.kept.includes(resultOf(one)?.tensor ?? '')) ?? first;
  return about?.id ?? null;
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
