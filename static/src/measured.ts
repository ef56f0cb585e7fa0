/**
 * What is drawn by its place or size on the screen is measured by the page itself, in the same task as the change. The
 * notice of an observer comes when the change has been painted, on a busy machine much later: so long the page is blank.
 */

type Run = () => void;

/** How often in one frame places may change each other; what does not settle goes on in the next frame. */
export const ROUNDS = 10;

/** `afterDrawing` calls before anything can be painted, `inNextFrame` before the next painting. */
export function measuring(afterDrawing: (run: Run) => void, inNextFrame: (run: Run) => void) {
  const watched = new Set<Run>();
  let due = false;
  let rounds = 0;

  /** Measures everything now. */
  function now(): void {
    due = false;
    for (const measure of watched) measure();
  }

  /** Measures everything once all that is being drawn is drawn. */
  function soon(): void {
    if (due) return;
    due = true;
    rounds += 1;
    if (rounds === 1) inNextFrame(newFrame);
    if (rounds <= ROUNDS) afterDrawing(unlessDone);
  }

  function newFrame(): void {
    rounds = 0;
    if (!due) return;
    due = false;
    soon();
  }

  function unlessDone(): void {
    if (due) now();
  }

  /** Calls `measure` whenever something may have moved, until the function that it returns is called. */
  function watch(measure: Run): Run {
    watched.add(measure);
    return () => watched.delete(measure);
  }

  return { now, soon, watch };
}

/** All that the page measures. Preact draws in microtasks: one more comes after them, and before the painting. */
export const measured = measuring(queueMicrotask, (run) => requestAnimationFrame(run));

// The browser sends both before it paints what has moved.
globalThis.addEventListener?.('scroll', measured.now, { capture: true, passive: true });
globalThis.addEventListener?.('resize', measured.now, { passive: true });
