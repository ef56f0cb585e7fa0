/** Whether changes follow each other too fast for transitions. */

import { signal } from '@preact/signals';

/** Whether steps follow each other too fast for transitions. */
export const hurried = signal(false);

/** Whether they still do: false once nothing has followed for a short time. */
export const moving = signal(false);

/** Changes with a smaller distance, in milliseconds, are one movement, such as a key held down, or a drag. */
const HURRY = 120;
let changedAt = Number.NEGATIVE_INFINITY;
let rest: ReturnType<typeof setTimeout> | undefined;

/** Called when the picture changes. Rapid input stays rapid: a transition would show a change that is over. */
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
