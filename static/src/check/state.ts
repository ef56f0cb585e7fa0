/** The Check view's state: its requests, the last good answers, and the rows that are shown. */

import { batch, computed, effect, signal } from '@preact/signals';
import { type CheckRow, type ErrorCurve, type GradientCheck, postCheck, postCurve } from '../api/questions';
import type { NetworkDocument, Trace } from '../api/types';
import type { Filter } from '../model/choices';
import { samplesOf } from '../model/given';
import { valueAt } from '../model/lookup';
import { baseOf, gradientOf, objectiveGradientOf } from '../model/refs';
import { selection } from '../state/attention';
import { select } from '../state/moves';
import { guarded, type RequestError } from '../state/requestError';
import { abortPrevious } from '../state/singleFlight';
import { retrace } from '../state/starting';
import { requestError, trace } from '../state/store';
import { chosen, IN_ORDER, layersOf, leadsOf, type Order, pressed, WORST_FIRST } from './sort';

/** The service's default: truncation, of order ε², and rounding, of order 1/ε, are both small there. */
export const USUAL = 1e-5;

export const epsilon = signal(USUAL);
/** Invalid text in the field of ε. */
export const draft = signal<string | null>(null);

/** What has the derivatives: the loss, or the objective, which a penalty is a part of. */
export const SUBJECTS = ['loss', 'objective'] as const;
export const wanted = signal<(typeof SUBJECTS)[number]>('loss');
export const isPenalized = computed(() => Boolean(trace.value?.document.penalty));
const ofObjective = computed(() => isPenalized.value && wanted.value === 'objective');

/** The last good answers. They stay on the screen while newer ones are pending or refused. */
export const checked = signal<GradientCheck | null>(null);
export const curve = signal<ErrorCurve | null>(null);

/** The error of either request; the store reports a network that could not be traced. */
const refused = { table: signal<RequestError | null>(null), curve: signal<RequestError | null>(null) };
export const checkTrouble = computed(() =>
  requestError.value?.kind === 'unreachable' ? requestError.value : (refused.table.value ?? refused.curve.value),
);

export const order = signal<Order>(IN_ORDER);
export const filter = signal<Filter>('all');
export const layer = signal<string | null>(null);
/** The seed of the sample of numbers that is checked in a large network. */
export const seed = signal(0);
/** The network's structure, without its numbers. */
const structure = computed(() => (trace.value ? structureOf(trace.value.document) : null));
/** The structure that was last found to be too large; its layers are then checked one by one. */
const large = signal<string | null>(null);
const askedLayer = computed(() => (large.value !== null && large.value === structure.value ? layer.value : null));
/** The layer of the last good answer, if that was about a single layer. */
export const checkedLayer = signal<string | null>(null);
/** The network of the last good answer. */
/** Whether the last good answer was about the objective. */
export const checkedObjective = signal(false);
const checkedNetwork = signal<NetworkDocument | null>(null);

export const rows = computed(() => chosen(checked.value?.rows ?? [], filter.value, layer.value, order.value));
export const leads = computed(() => leadsOf(rows.value));
export const byRef = computed(() => new Map(checked.value?.rows.map((row) => [row.ref, row])));

/** The row whose curve is drawn: the selected number's, or otherwise the one with the largest error. */
export const current = computed<CheckRow | null>(() => {
  const own = selection.value === null ? undefined : byRef.value.get(baseOf(selection.value));
  return own ?? checked.value?.worst ?? checked.value?.rows[0] ?? null;
});
const currentRef = computed(() => current.value?.ref ?? null);
/** Whether the user chose the current row. */
export const isChosen = computed(() => selection.value !== null && byRef.value.has(baseOf(selection.value)));

/** The ref of the derivative that a row of the table has. */
export const derivativeOf = (step: Trace, ref: string): string =>
  checkedObjective.value ? objectiveGradientOf(step, ref) : gradientOf(ref);

export function setEpsilon(value: number): void {
  batch(() => {
    epsilon.value = value;
    draft.value = null;
  });
}

export function keepDraft(text: string): void {
  draft.value = text;
}

export function sortBy(column: Order['column']): void {
  order.value = pressed(order.value, column);
}

/** The worst rows are sorted by error. */
export function showOnly(next: Filter): void {
  batch(() => {
    filter.value = next;
    if (next === 'worst') order.value = WORST_FIRST;
  });
}

export function showLayer(name: string | null): void {
  layer.value = name;
}

export function anotherSample(): void {
  seed.value += 1;
}

/** Selects the derivative of a row, for the curve here and for the inspector. */
export function selectRow(ref: string): void {
  select(gradientOf(ref));
}

/** Requests a new trace of the same network, and with it a new check, after the server was unreachable. */
export async function retry(): Promise<void> {
  await retrace();
}

/** While the view is open, every edit and every change of ε starts a new check; only the newest answer is used. */
export function keepChecked(): () => void {
  const document = computed(() => trace.value?.document ?? null);
  const stopLayer = effect(() => {
    const isThere = trace.value === null || layer.value === null || layersOf(trace.value).includes(layer.value);
    if (!isThere) layer.value = null;
  });
  const stopTable = effect(() => {
    const [network, step, objective] = [document.value, epsilon.value, ofObjective.value];
    const wish = { layer: askedLayer.value, sample: { seed: seed.value }, objective };
    if (network) void askTable(network, step, wish);
  });
  const stopCurve = effect(() => {
    const [network, ref, objective] = [document.value, currentRef.value, ofObjective.value];
    // While the table still shows another network, its worst number may not exist in this one.
    const isOf = network === checkedNetwork.value;
    const isThere = trace.value !== null && ref !== null && (isOf || valueAt(trace.value, ref) !== null);
    if (network && ref !== null && isThere) void askCurve(network, ref, objective);
  });
  return () => {
    stopLayer();
    stopTable();
    stopCurve();
  };
}

function structureOf(document: NetworkDocument): string {
  const { input_shape: shape, layers } = document;
  return JSON.stringify([shape, samplesOf(document), layers.map(({ type, name }) => [type, name])]);
}

interface Wish {
  layer: string | null;
  sample: { seed: number };
  objective: boolean;
}

const newestTable = abortPrevious();
const newestCurve = abortPrevious();

async function askTable(network: NetworkDocument, step: number, wish: Wish): Promise<void> {
  const { layer: name, objective } = wish;
  const answer = await guarded(refused.table, () => newestTable((signal) => postCheck(network, step, signal, wish)));
  if (!answer) return;
  batch(() => {
    checked.value = answer;
    checkedLayer.value = name;
    checkedNetwork.value = network;
    checkedObjective.value = objective;
    // One layer's answer does not tell whether all layers together are too many.
    if (name === null) large.value = answer.seed === null ? null : structureOf(network);
  });
}

async function askCurve(network: NetworkDocument, ref: string, objective: boolean): Promise<void> {
  const answer = await guarded(refused.curve, () =>
    newestCurve((signal) => postCurve(network, ref, objective, signal)),
  );
  if (answer) curve.value = answer;
}

/** The row that the pointer marks outside the table; the table scrolls to it. */

export const revealed = signal<string | null>(null);
