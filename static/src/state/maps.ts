/** The feature maps of a network on images: how they are shown, and the close-up of a number. */

import { computed, effect, signal } from '@preact/signals';
import { postExplanations, Refused, Unreachable } from '../api/client';
import type { Explanation, LayerTrace, Trace } from '../api/types';
import { facingOf, facingsOf } from '../model/focus';
import { canonical } from '../model/refs';
import { nodeRef } from '../model/results';
import { type Column, columnsOf, type Face } from '../model/slices';
import { texts } from '../texts';
import { language } from '../texts/language';
import { focusRef } from './attention';
import { isKnown } from './known';
import { setHover } from './moves';
import { abortPrevious, SUPERSEDED } from './singleFlight';
import { phase, pieces, sample, trace } from './store';

export const FACES = ['step', 'value', 'gradient'] as const;
export type FaceChoice = (typeof FACES)[number];
export const SCALES = ['layer', 'shared'] as const;
export type Scale = (typeof SCALES)[number];
export const CLOSE_UPS = ['terms', 'matrix'] as const;
export type CloseUp = (typeof CLOSE_UPS)[number];
const ZOOMS = [1, 1.5, 2.5, 4, 6.5, 10];

export const faceChoice = signal<FaceChoice>('step');
export const scale = signal<Scale>('layer');
export const closeUp = signal<CloseUp>('terms');
export const zoom = signal(1);
/** Columns with all maps shown. */
export const opened = signal<ReadonlySet<string>>(new Set());

/** The number under the pointer or the keyboard cursor. */
export const hoverRef = signal<string | null>(null);

/** Whether the maps follow the step, because the user has made no choice. */
export const byStep = computed(() => faceChoice.value === 'step');
const returning = computed(() => phase.value === 'backward' || phase.value === 'update');
export const face = computed<Face>(() => {
  if (faceChoice.value !== 'step') return faceChoice.value;
  return returning.value ? 'gradient' : 'value';
});
/** Whether filters show their next weights, after the update. */
export const updating = computed(() => byStep.value && phase.value === 'update');

/** The number of the close-up: under the pointer, or else that of the inspector. */
export const closeUpRef = computed<string | null>(() => {
  const ref = hoverRef.value ?? focusRef.value;
  return ref === null ? null : canonical(trace.value?.layers ?? [], ref);
});

/** The first computed number, which the close-up shows before the first step. */
export const awaited = computed<string | null>(() => {
  const [stage] = trace.value?.stages ?? [];
  return stage ? nodeRef(stage, 0, sample.value) : null;
});

export function point(ref: string | null): void {
  hoverRef.value = ref;
  setHover(ref === null ? [] : [ref]);
}

export function setFace(choice: FaceChoice): void {
  faceChoice.value = choice;
}

export function setScale(choice: Scale): void {
  scale.value = choice;
}

export function setCloseUp(choice: CloseUp): void {
  closeUp.value = choice;
}

export function zoomBy(steps: 1 | -1): void {
  zoom.value = ZOOMS[ZOOMS.indexOf(zoom.value) + steps] ?? zoom.value;
}

export const canZoom = (steps: 1 | -1): boolean => ZOOMS[ZOOMS.indexOf(zoom.value) + steps] !== undefined;

export function toggleColumn(id: string): void {
  const next = new Set(opened.value);
  if (!next.delete(id)) next.add(id);
  opened.value = next;
}

/** The number of requested terms. */
const TERMS = 150;

/** The explanation in the close-up; it stays until the next one has arrived. */
export const explained = signal<Explanation | null>(null);

const newest = abortPrevious();
let answers: { of: Trace; given: Map<string, Explanation> } | null = null;

/** Milliseconds that the pointer must rest on a number before its explanation is requested. */
const REST = 40;

/** While the maps are shown, the number of the close-up is explained; only the newest request counts. */
export function keepCloseUp(): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const [current, ref] = [trace.value, closeUpRef.value];
    clearTimeout(waiting);
    if (!current || ref === null || !isKnown(ref)) return;
    const known = answers?.of === current ? answers.given.get(ref) : undefined;
    if (known) explained.value = known;
    else waiting = setTimeout(() => void tell(current, ref), REST);
  });
  return () => {
    clearTimeout(waiting);
    stop();
  };
}

async function tell(of: Trace, ref: string): Promise<void> {
  if (answers?.of !== of) answers = { of, given: new Map() };
  const { given } = answers;
  try {
    const wishes = [{ ref, notation: 'scalar', terms: TERMS }] as const;
    const found = await newest((abort) => postExplanations(of.document, { wishes, language }, abort));
    const answer = found === SUPERSEDED ? null : found[0]?.explanation;
    if (!answer) return;
    given.set(ref, answer);
    if (answers?.of === of) explained.value = answer;
  } catch (error) {
    // A refusal, or a server that cannot be reached, is reported by the inspector, which sends the same request.
    if (!(error instanceof Refused) && !(error instanceof Unreachable)) throw error;
  }
}

/** The columns of maps: the numbers of the step, or the chosen ones. */

export const columns = computed<Column[]>(() => (trace.value ? columnsOf(trace.value) : []));

/**
 * The derivative that each column shows: gradients in the backward pass, but values where the step multiplies by them.
 * A target has no gradient: its values are shown. In one string, which is the same for many steps.
 */
const derivatives = computed(() => {
  const current = trace.value;
  const facing = ({ kind, tensor }: Column): Face => {
    if (kind === 'target') return 'value';
    const lit = current && byStep.value ? facingOf(current, pieces.value, tensor) : null;
    return (lit as Face | null) ?? face.value;
  };
  return columns.value.map((column) => (facing(column) === 'gradient' ? 'g' : 'v')).join('');
});

export const derivativeOf = ({ id }: Column): '' | 'grad' =>
  derivatives.value[columns.value.findIndex((column) => column.id === id)] === 'g' ? 'grad' : '';
type Derivative = '' | 'grad' | 'next';

/**
 * The derivative that the parameters of the layers show: gradients in the backward pass, the next values in the update,
 * and the values themselves where the step multiplies by them. In one string, as above.
 */
const parameterDerivatives = computed(() =>
  (trace.value?.layers ?? [])
    .map(({ name }): Derivative => {
      if (face.value === 'value') return '';
      if (updating.value) return 'next';
      const lit = byStep.value ? facingsOf(pieces.value, `${name}.w`) : [];
      return lit.length > 0 && !lit.includes('gradient') ? '' : 'grad';
    })
    .join(),
);

export const parameterDerivative = ({ name }: LayerTrace): Derivative => {
  const place = trace.value?.layers.findIndex((layer) => layer.name === name) ?? -1;
  return (parameterDerivatives.value.split(',')[place] ?? '') as Derivative;
};
/** The name of a column: that of its layer. */
export function titleOf({ kind, layer }: Column): string {
  if (layer) return texts.maps.columnTitle(layer.name, texts.layerTitle(layer.type));
  if (kind === 'probability') return texts.maps.probabilities;
  return kind === 'input' ? texts.maps.input : texts.maps.target;
}
