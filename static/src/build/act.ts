/** What the Build panel does to the network. Every change of it is one of these. */

import { computed, signal } from '@preact/signals';
import type { NetworkDocument } from '../api/types';
import { samplesOf } from '../model/given';
import { outputOf, shapeOf } from '../model/lookup';
import { beginningOf } from '../state/history';
import { dropDraft, replace, showSample } from '../state/network';
import { drafts, history, network, sample, trace } from '../state/store';
import { doneBy } from './done';
import { type Change, revised } from './revise';

/** What was done, for whoever does not see it. */
export const told = signal('');

/** The layer whose grip takes the focus once it is drawn at its new place. */
export const carried = signal<string | null>(null);

/** What a change is called, and which of several are one: the moves of a drag, the digits of a number. */
export interface Done {
  title: string;
  gesture?: string;
  /** All weights are other ones: training begins with them. */
  restart?: boolean;
  /** What it edits. */
  places?: readonly string[];
}

/** Puts another document in the place of this one; what was typed for other places goes. */
export function put(document: NetworkDocument, done: Done): void {
  for (const pointer of Object.keys(drafts.peek())) dropDraft(pointer);
  told.value = done.title;
  void replace(document, done);
}

/** A change of the layers. Of several values of one gesture the last counts: a width that comes back has its weights back. */
export function revise(change: Change): void {
  const shown = network.peek();
  if (!shown) return;
  const from = beginningOf(history.peek(), doneBy(shown, change).gesture) ?? shown;
  put(revised(from, change), doneBy(from, change));
}

/** Another batch. The sample that is drawn is one that it has. */
export function putBatch(document: NetworkDocument, done: Done): void {
  const last = samplesOf(document) - 1;
  if (sample.peek() > last) void showSample(last);
  put(document, { ...done, places: document.data ? ['/data/rows'] : ['/x', '/y'] });
}

/** How many outputs the network has, or channels. */
export const outputs = computed(() => (trace.value ? shapeOf(outputOf(trace.value))[1] : undefined));
