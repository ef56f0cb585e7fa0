/** Whether changes follow each other too fast for transitions. */

import { signal } from '@preact/signals';

/** Whether steps follow each other too fast for transitions. */
export const hurried = signal(false);

/** Whether they still do: it ends when nothing has followed for a moment. */
export const moving = signal(false);

/** Milliseconds between two changes below which they are one movement: as a key held down, or a drag, makes them. */
const HURRY = 120;
let changedAt = Number.NEGATIVE_INFINITY;
let rest: ReturnType<typeof setTimeout> | undefined;

/** Called when something changes what is shown. Rapid input stays rapid: a transition now would show a change that is over. */
export function noteRapidInput(): void {
  const now = performance.now();
  hurried.value = now - changedAt < HURRY;
  moving.value = hurried.value;
  changedAt = now;
  clearTimeout(rest);
  rest = setTimeout(() => {
    moving.value = false;
  }, HURRY);
}
