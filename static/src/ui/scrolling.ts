/** Computes scroll positions at which the first visible element is complete: no heading and no formula is cut. */

import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Target {
  start: number;
  end: number;
}

/** The first start from which the whole target is visible; the target's start if it is taller than the room. */
export function beginningFor(starts: readonly number[], { start, end }: Target, height: number): number {
  const before = starts.filter((one) => one <= start).sort((a, b) => a - b);
  return before.find((one) => end - one <= height) ?? start;
}

/** Scrolls at once: steps may follow each other faster than an animation could finish. */
export function scrollFrom(frame: HTMLElement, begin: number): void {
  const missing = begin - (frame.scrollHeight - frame.clientHeight);
  // If the content after it is too short to scroll that far, padding is added beneath it.
  if (missing > 0)
    frame.style.paddingBottom = `${Number.parseFloat(getComputedStyle(frame).paddingBottom) + missing}px`;
  frame.scrollTop = begin;
}

/**
 * Scrolls the inspector, and never the page, so that the whole part is visible below the fixed head, and the first
 * visible element is a heading: no formula is cut.
 */
export function scrollIntoSight(part: HTMLElement): void {
  const frame = part.closest<HTMLElement>('.inspector');
  if (!frame) return;
  frame.style.paddingBottom = '';
  if (frame.scrollHeight <= frame.clientHeight) return;
  const outer = frame.getBoundingClientRect();
  const head = (frame.querySelector('.subject')?.getBoundingClientRect().bottom ?? outer.top) - outer.top;
  const inFrame = (y: number): number => y - outer.top + frame.scrollTop;
  // Behind the rule above it.
  const startOf = (one: Element): number => inFrame(one.getBoundingClientRect().top) + 1 - head;
  const end = inFrame(part.getBoundingClientRect().bottom);
  const starts = [0, ...[...frame.querySelectorAll('.quantity')].map(startOf)];
  scrollFrom(frame, beginningFor(starts, { start: startOf(part), end }, frame.clientHeight));
}

/** Scrolls to the current part when it changes, and when a part before it has been rendered late. */
export function useScrollIntoView(
  part: RefObject<HTMLElement | null>,
  ref: string,
  focused: boolean,
  short: boolean,
): void {
  const before = useRef(short);
  useLayoutEffect(() => {
    const late = before.current && !short;
    before.current = short;
    const moved = focused ? part.current : late ? focusedAfter(part.current) : null;
    if (!moved) return;
    // Before painting, when everything is rendered: measuring earlier would lay out the page twice.
    const frame = requestAnimationFrame(() => scrollIntoSight(moved));
    return () => cancelAnimationFrame(frame);
  }, [focused, ref, short]);
}

function focusedAfter(part: HTMLElement | null): HTMLElement | null {
  const focused = part?.parentElement?.querySelector<HTMLElement>('.quantity.focused');
  const follows = focused && part && part.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING;
  return follows ? focused : null;
}
