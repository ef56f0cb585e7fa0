/** Moving through the step, and selecting. */

import { batch, computed } from '@preact/signals';
import type { Notation } from '../api/types';
import { finish, type Grain, moved, positionOf } from '../model/cursor';
import { isExplained } from '../model/refs';
import * as attention from './attention';
import { noteRapidInput } from './rapidInput';
import * as store from './store';
import { askTrace } from './tracing';
import { backToFirst, isFirst, nextTrainingStep, previousTrainingStep } from './training';
import { afterwards, note } from './walking';

const stages = () => store.trace.value?.stages ?? [];

/** One step forward or back, also across training steps. */
export function step(by: 1 | -1): void {
  if (waits(() => step(by)) || afterwards(() => step(by))) return;
  if (by > 0 && isLast.value) store.playing.value = false;
  else if (by > 0 && atEnd.value) nextTrainingStep();
  else if (by < 0 && atStart.value) previousTrainingStep('end');
  else within(by);
}

let waiting = 0;
/** More than a person presses in a short time. */
const MOST_WAITING = 8;

/** In an edited network the move waits until the picture shows the panel's network. */
function waits(act: () => void): boolean {
  if (!store.behind.value) return false;
  if (isStuck.value || waiting >= MOST_WAITING) return true;
  waiting++;
  void askTrace.settled().then(() => {
    waiting--;
    if (!store.behind.value) act();
  });
  return true;
}

/** Whether the server is unreachable, and the picture shows the network before the pending edits. */
export const isStuck = computed(() => store.behind.value && store.requestError.value?.kind === 'unreachable');

function within(by: 1 | -1): void {
  batch(() => {
    noteRapidInput();
    if (note.value?.kind === 'begins') note.value = null;
    store.cursor.value = moved(stages(), store.grain.value, store.cursor.value, by);
  });
}

/** To the start of the training step; from there, to the first training step. */
export function toStart(): void {
  if (waits(toStart)) return;
  if (!atStart.value) store.cursor.value = 0;
  else if (!isFirst.value) backToFirst();
}

export function toEnd(): void {
  if (waits(toEnd)) return;
  store.cursor.value = finish(stages());
}

/** To the end of the n-th step of the grain; 0 is the start. */
export function toStep(count: number): void {
  if (waits(() => toStep(count))) return;
  store.cursor.value = positionOf(stages(), store.grain.value, count);
}

export const atStart = computed(() => store.cursor.value === 0);
/** Whether no step follows. */
export const isLast = computed(() => atEnd.value && store.readOnly.value);

export const atEnd = computed(() => store.cursor.value >= finish(stages()));

export function setGrain(grain: Grain): void {
  store.grain.value = grain;
}

export function togglePlay(): void {
  store.playing.value = !store.playing.value;
}

/** The diagram as a picture or as tables. */
export function toggleTable(): void {
  store.asTable.value = !store.asTable.value;
}

/** Selects from the diagram: a fresh trail. */
export function select(ref: string): void {
  attention.selectionPath.value = [ref];
}

/** Selects a number of a formula; the trail leads back. */
export function follow(ref: string): void {
  if (isExplained(ref) && attention.selection.value !== ref)
    attention.selectionPath.value = [...attention.selectionPath.value, ref];
  setHover([]);
}

export function goBack(): void {
  attention.selectionPath.value = attention.selectionPath.value.slice(0, -1);
}

/** Back to an entry of the trail. */
export function goBackTo(place: number): void {
  attention.selectionPath.value = attention.selectionPath.value.slice(0, place + 1);
}

export function release(): void {
  attention.selectionPath.value = [];
}

export function setNotation(notation: Notation): void {
  store.notation.value = notation;
}

export function setHover(refs: readonly string[]): void {
  if (refs.length > 0 || attention.hover.value.length > 0) attention.hover.value = refs;
}

export function setHoverPart(part: string | null): void {
  attention.hoverPart.value = part;
}
