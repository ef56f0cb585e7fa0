/** Moving through the step, and choosing what to look at. */

import { isExplained } from '../refs';
import { finish, type Grain, moved } from '../timeline/cursor';
import * as store from './store';

export function step(by: 1 | -1): void {
  store.cursor.value = moved(store.positions.value, store.cursor.value, by);
}

export function toStart(): void {
  store.cursor.value = 0;
}

export function toEnd(): void {
  store.cursor.value = finish(store.trace.value?.stages ?? []);
}

/** To the end of the n-th step of the grain; 0 is the start. */
export function toStep(count: number): void {
  store.cursor.value = count > 0 ? (store.positions.value[count - 1] ?? 0) : 0;
}

export function atEnd(): boolean {
  return store.cursor.value >= finish(store.trace.value?.stages ?? []);
}

export function setGrain(grain: Grain): void {
  store.grain.value = grain;
}

export function togglePlay(): void {
  if (!store.playing.value && atEnd()) toStart();
  store.playing.value = !store.playing.value;
}

/** Selects from the diagram: a fresh trail. */
export function select(ref: string): void {
  store.trail.value = [ref];
}

/** Follows a number of a formula to its own explanation; the trail leads back. */
export function follow(ref: string): void {
  if (isExplained(ref) && store.selected.value !== ref) store.trail.value = [...store.trail.value, ref];
  store.lit.value = null;
}

export function goBack(): void {
  store.trail.value = store.trail.value.slice(0, -1);
}

export function release(): void {
  store.trail.value = [];
}
