/** Where to scroll to, so that what stands first in view is the beginning of something: no heading and no formula is cut. */

interface Target {
  start: number;
  end: number;
}

/** The first of these beginnings from which all of the target is seen; its own, where it is taller than the room. */
export function beginningFor(starts: readonly number[], { start, end }: Target, height: number): number {
  const before = starts.filter((one) => one <= start).sort((a, b) => a - b);
  return before.find((one) => end - one <= height) ?? start;
}

/** Scrolls there, at once: steps may follow each other faster than anything could glide. */
export function scrollFrom(frame: HTMLElement, begin: number): void {
  const missing = begin - (frame.scrollHeight - frame.clientHeight);
  // Where what follows is too short to scroll so far, there is room beneath it.
  if (missing > 0)
    frame.style.paddingBottom = `${Number.parseFloat(getComputedStyle(frame).paddingBottom) + missing}px`;
  frame.scrollTop = begin;
}
