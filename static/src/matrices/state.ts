/** The Matrices view's state: which equations are shown, and which entry is current. */

import { batch, computed, effect, signal } from '@preact/signals';
import { postEquations } from '../api/questions';
import type { EquationAnswer, Trace } from '../api/types';
import type { Cells, LawChoice } from '../model/choices';
import { same } from '../model/json';
import { leaves } from '../model/lookup';
import { canonical } from '../model/refs';
import { hover, selection } from '../state/attention';
import { type RequestError, requestErrorOf } from '../state/requestError';
import { singleFlight } from '../state/singleFlight';
import { growing, pieces, trace } from '../state/store';
import { runningSum } from '../state/telling';
import { chosen, type Equation, equationsOf, layersIn, resultOf } from './equations';
import { isSet } from './matrix';
import { isWorkedOn } from './progress';

export const law = signal<LawChoice>('all');
export const layer = signal<string | null>(null);
export const cells = signal<Cells>('colours');

/** Equations with the trace that they belong to. */
interface Written {
  of: Trace;
  equations: readonly EquationAnswer[];
}

/** The last good answer. */
const written = signal<Written | null>(null);
export const refused = signal<RequestError | null>(null);

const shape = computed(() => (trace.value ? shapeOf(trace.value) : null));

/**
 * Equations are shown only with the numbers that they were generated for: with targets that do not sum to 1 the
 * gradient of a cross entropy has another form. While the equations for other numbers of the same network are awaited,
 * the previous ones stay with their numbers; if the request fails, or it is another network, nothing is shown.
 */
const current = computed((): Written | null => {
  const [now, last] = [trace.value, written.value];
  if (!now || !last) return null;
  if (last.of.hash === now.hash) return { of: now, equations: last.equations };
  return refused.value === null && shapeOf(last.of) === shape.value ? last : null;
});
/** The trace whose numbers are shown. */
export const shownTrace = computed(() => current.value?.of ?? null);
/** Whether nothing can be shown before the answer arrives. */
export const working = computed(() => trace.value !== null && current.value === null && refused.value === null);

const equations = computed(() => (current.value ? equationsOf(current.value.of, current.value.equations) : []));

/**
 * The structure of a network and its data that equations depend on: of a number, whether it is 0; of a list, its
 * length.
 */
function shapeOf({ document, stages, sampled }: Trace): string {
  const counts = stages.map(({ layer, computes, nodes, terms }) => [layer, computes, nodes, terms].join());
  const kinds = JSON.stringify(document, (_, value) => {
    if (Array.isArray(value) && (typeof value[0] === 'number' || Array.isArray(value[0]))) return value.length;
    return typeof value === 'number' ? value !== 0 : value;
  });
  return [kinds, sampled.length > 0, ...counts].join('\n');
}

/** While the view is open, the equations of every new trace are requested. */
export function keepEquations(): () => void {
  return effect(() => {
    if (!trace.value) return;
    // A new network does not wait for an answer about the previous one.
    if (asking !== null && shapeOf(asking) !== shape.value) ask.abandon();
    void ask();
  });
}

export function retry(): void {
  refused.value = null;
  void ask();
}

let asking: Trace | null = null;

const ask = singleFlight(async (signal) => {
  const of = trace.peek();
  const before = written.peek();
  if (!of || before?.of.hash === of.hash) return;
  asking = of;
  try {
    const { equations } = await postEquations(of.document, signal);
    if (signal.aborted) return;
    // Equal equations are not drawn again.
    const known = before && same(before.equations, equations) ? before.equations : equations;
    batch(() => {
      written.value = { of, equations: known };
      refused.value = null;
    });
  } catch (error) {
    // If a newer request was made, that one reports its failure.
    if (!signal.aborted && trace.peek() === of) refused.value = requestErrorOf(error);
  } finally {
    if (asking === of) asking = null;
  }
});

export const layers = computed(() => layersIn(equations.value));
/** A layer that another network does not have is not selected there. */
export const chosenLayer = computed(() => (layers.value.includes(layer.value ?? '') ? layer.value : null));
export const shownEquations = computed(() => chosen(equations.value, law.value, chosenLayer.value));

export const someAreLarge = computed(() =>
  shownEquations.value.some(({ parts }) => parts.some((part) => part.kind === 'matrix' && !isSet(part.matrix))),
);

/** The equation that the current step computes. */
export const workedOn = computed(() => {
  const stages = trace.value?.stages ?? [];
  const found = shownEquations.value.filter((one) => {
    const result = resultOf(one);
    return result
      ? isWorkedOn(stages, pieces.value, result)
      : one.parts.length > 0 && pieces.value.at(-1)?.stage.computes === 'loss';
  });
  // A by-product of a layer, such as x̂, belongs to the equation of its output; an optimizer's state to that of the
  // parameter.
  const computed = new Set(stages.flatMap(({ results }) => results.map(({ name }) => name)));
  const onTheWay = (one: Equation): boolean => {
    const tensor = resultOf(one)?.tensor ?? '';
    return one.layer?.saved.includes(tensor) || (tensor !== '' && !computed.has(tensor));
  };
  const [first] = found;
  const about = found.find((one) => !onTheWay(one)) ?? first;
  return about?.id ?? null;
});

const firstHand = (refs: readonly string[]): string[] => refs.map((ref) => canonical(trace.value?.layers ?? [], ref));

/** The numbers under the pointer, in this view or another pane of the page. */
export const litRefs = computed<ReadonlySet<string>>(() => new Set(firstHand(hover.value)));
export const selectedRef = computed(() => firstHand(selection.value === null ? [] : [selection.value])[0] ?? null);
/** Term by term: the numbers of the product that was just added. */
export const termRefs = computed<ReadonlySet<string>>(
  () => new Set(runningSum.value ? firstHand(leaves(runningSum.value.term).map(({ ref }) => ref)) : []),
);
/** Numbers of a node that are complete before the whole node is. */
export const settledRefs = computed<ReadonlySet<string>>(() => new Set(growing.value?.settled));

/**
 * The number whose rows and columns are highlighted: the hovered one, or else the selected one, or else the running
 * sum.
 */
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
