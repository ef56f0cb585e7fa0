/** Whether changes follow each other faster than anything could glide. */

import { hurried } from './store';

/** Milliseconds between two changes below which they are one movement: as a key held down, or a drag, makes them. */
const HURRY = 120;
let changedAt = Number.NEGATIVE_INFINITY;
let rest: ReturnType<typeof setTimeout> | undefined;

/** Called by whoever changes what is shown. The movement ends when nothing has followed for so long. */
export function hurry(): void {
  const now = performance.now();
  hurried.value = now - changedAt < HURRY;
  changedAt = now;
  clearTimeout(rest);
  rest = setTimeout(() => {
    hurried.value = false;
  }, HURRY);
}
