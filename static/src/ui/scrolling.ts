/** Where to scroll to, so that what stands first in view is the beginning of something: no heading and no formula is cut. */

import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

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

/**
 * Scrolls the inspector, and never the page, so that all of the part is seen below the head that stays, and what stands there first
 * is a heading: no formula is cut.
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

/** Brings the wanted part into view when a part becomes it, and when a part before it has been written out late. */
export function useScrollIntoView(
  part: RefObject<HTMLElement | null>,
  ref: string,
  wanted: boolean,
  short: boolean,
): void {
  const before = useRef(short);
  useLayoutEffect(() => {
    const late = before.current && !short;
    before.current = short;
    const moved = wanted ? part.current : late ? wantedAfter(part.current) : null;
    if (!moved) return;
    // Before the painting, once all is drawn: measuring any earlier would lay the page out twice.
    const frame = requestAnimationFrame(() => scrollIntoSight(moved));
    return () => cancelAnimationFrame(frame);
  }, [wanted, ref, short]);
}

function wantedAfter(part: HTMLElement | null): HTMLElement | null {
  const wanted = part?.parentElement?.querySelector<HTMLElement>('.quantity.wanted');
  const follows = wanted && part && part.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_FOLLOWING;
  return follows ? wanted : null;
}
