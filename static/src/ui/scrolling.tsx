/** Computes scroll positions at which the first visible element is complete: no heading and no formula is cut. */

import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from '../texts';
import { useMeasured } from './useMeasured';

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

interface Props {
  /** The scrolling element within the children. */
  of: { current: HTMLElement | null };
  /** The width of the fixed part at its left, in CSS pixels. */
  head?: number;
  /** Whether it begins with a row of heads, in which the arrows fit. */
  arrows?: boolean;
  /** A function receives whether some are out of sight: only then the element needs a tab stop for the keyboard. */
  children: ComponentChildren | ((scrolls: boolean) => ComponentChildren);
}

/** Numbers that may be wider than their room: if some are out of sight, an arrow says so, and scrolls to them. */
export function Sideways({ of, head = 0, arrows = true, children }: Props) {
  const [hidden] = useMeasured(of, hiddenIn, { left: false, right: false });
  const go = (by: 1 | -1) => of.current?.scrollBy({ left: by * 0.7 * of.current.clientWidth });
  return (
    <div class="sideways" style={{ '--head': `${head}px` }}>
      {typeof children === 'function' ? children(hidden.left || hidden.right) : children}
      {hidden.left && <Sign side="left" onClick={arrows ? () => go(-1) : null} />}
      {hidden.right && <Sign side="right" onClick={arrows ? () => go(1) : null} />}
    </div>
  );
}

/** For the pointer only: keys and screen readers reach hidden numbers without it. It covers only the heads. */
function Sign({ side, onClick }: { side: 'left' | 'right'; onClick: (() => void) | null }) {
  return (
    <>
      <i class={`sideways-fade ${side}`} />
      {onClick && (
        <button
          type="button"
          class={`sideways-sign ${side}`}
          tabIndex={-1}
          aria-hidden="true"
          title={texts.sideways[side]}
          onClick={onClick}
        >
          <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
            <path d={side === 'left' ? 'M10 3 5 8l5 5' : 'M6 3l5 5-5 5'} />
          </svg>
        </button>
      )}
    </>
  );
}

/** A difference of one pixel is a rounding error. */
function hiddenIn({ scrollLeft, scrollWidth, clientWidth }: HTMLElement): { left: boolean; right: boolean } {
  return { left: scrollLeft > 1, right: scrollLeft + clientWidth < scrollWidth - 1 };
}
