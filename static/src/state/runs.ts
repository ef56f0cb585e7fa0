/** Runs of many training steps, and whether the room for them is open. */

import { signal } from '@preact/signals';
import { trainingStep } from './store';
import { goToTrainingStep, isRunning } from './training';
import { unfinished } from './walking';

export const open = signal(false);
/** Whether its number field is to take the focus as soon as it is there. */
export const wanted = signal(false);

/** Opens it, or comes back to its number field. */
export function openRuns(focus = true): void {
  open.value = true;
  wanted.value = focus;
}

export function closeRuns(): void {
  open.value = false;
}

/** How many training steps a run takes, as it was typed last. */
export const count = signal('100');

/** So many training steps from the one that is shown on. */
export function run(steps: number): void {
  void goToTrainingStep(trainingStep.value + steps);
}

/** What was cancelled goes on. */
export function goOn(): void {
  if (unfinished.value !== null) void goToTrainingStep(unfinished.value);
}

/** While a run is on this is refused, and said. */
export function openStep(step: number): void {
  if (step !== trainingStep.value || isRunning.value) void goToTrainingStep(step);
}
