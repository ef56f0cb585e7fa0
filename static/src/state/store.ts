/** All state of the page, and values derived from it. Only actions write here. */

import { computed, signal } from '@preact/signals';
import type { Catalog, Example, NetworkDocument, Notation, Problem, Trace } from '../api/types';
import { type EdgeMode, type NodeMode, showsProducts } from '../model/choices';
import { type Grain, phaseAt, stepAt } from '../model/cursor';
import { samplesIn } from '../model/given';
import { growingAt } from '../model/results';
import { EMPTY, type History, present } from './history';
import type { RequestError } from './requestError';

export const examples = signal<readonly Example[]>([]);

/** The name of a network; that of an example is in the page's language. */
export function titleOfNetwork(name: string): string {
  return examples.value.find((example) => example.name === name)?.title ?? name;
}
export const catalog = signal<Catalog | null>(null);

/** Whether the network can only be read: in a saved web page, and in a frame. */
export const readOnly = signal(false);

/** Which example is open; `null` once it has been edited. */
export const example = signal<string | null>(null);

/** The network as edited: an immutable document, replaced by every change. */
export const network = signal<NetworkDocument | null>(null);

/** The history of its changes, for undo and redo. */
export const history = signal<History>(EMPTY);

const shownEntry = computed(() => present(history.value));
/** The training step that the network is the start of, counted from 1. */
export const trainingStep = computed(() => shownEntry.value?.step ?? 1);
/** The line of that training step. */
export const line = computed(() => shownEntry.value?.line ?? null);

/** The last good answer for it. It stays on the screen while a newer one is awaited, or refused. */
export const trace = signal<Trace | null>(null);

/** The network of the last good answer; older than the edited network while one is awaited. */
export const traced = signal<NetworkDocument | null>(null);
export const behind = computed(() => traced.value !== null && traced.value !== network.value);

/** The changes that the service made so that the last edit fits. */
export const fitted = signal<Trace['fitted']>([]);

/** An edit that was reverted, because no valid network contains it. */
export interface Refusal {
  problem: Problem;
  /** The edited place. */
  place: string;
  attempted: NetworkDocument;
}
export const refusal = signal<Refusal | null>(null);

export const requestError = signal<RequestError | null>(null);

/** Why a network from elsewhere could not be opened. */
export const notice = signal<string | null>(null);
/** What has come true, such as that a class code holds; in the place of the notice, if there is none. */
export const news = signal<string | null>(null);

/** The offered remedy. */
export const noticeWay = signal<{ title: string; act: () => Promise<unknown> } | null>(null);

/** Opens the pending network as soon as the server answers again. */
export const pending = signal<(() => Promise<unknown>) | null>(null);

/** Texts that are not numbers, by the place at which they were typed. */
export const drafts = signal<Readonly<Record<string, string>>>({});

/** Which row of the batch the diagram shows. */
export const sample = signal(0);

export const cursor = signal(0);
export const grain = signal<Grain>('node');
export const playing = signal(false);
export type Speed = 'slow' | 'normal' | 'fast';
export const speed = signal<Speed>('normal');

/** What the lines and the nodes show. */
export const edgeMode = signal<EdgeMode>('auto');
export const nodeMode = signal<NodeMode>('both');

/** Whether the diagram is shown as tables instead of drawn. */
export const asTable = signal(false);

/** Whether the products on the lines are shown; the tables list them too. */
export const needsProducts = computed(() => showsProducts(edgeMode.value, asTable.value));

/** The notation of formulas. A number without that form is shown in the scalar one; the choice is kept. */
export const notation = signal<Notation>('scalar');

/** Whether gradients of parameters are summed over several samples, of which the picture shows one. */
export const inBatch = computed(() => (trace.value ? samplesIn(trace.value) : 0) > 1);

const stages = computed(() => trace.value?.stages ?? []);
export const pieces = computed(() => stepAt(stages.value, grain.value, cursor.value));
export const phase = computed(() => phaseAt(stages.value, cursor.value));

/** Term by term: the number that is being added up. */
export const growing = computed(() => growingAt(pieces.value, sample.value));
