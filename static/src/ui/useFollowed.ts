/** Scrolls to the part that the current step works on, by the least distance, with a complete element at the top. */

import { useEffect } from 'preact/hooks';
import { listen } from '../state/browser';
import { beginningFor, scrollFrom } from './scrolling';

const BELOW = 12;
/** Parts that become visible are rendered then, and may move the content: for a while the top element is held. */
const FRAMES = 12;

export function useFollowed(page: { current: HTMLElement | null }, id: string | null): void {
  useEffect(() => {
    const frame = page.current;
    if (id === null || !frame) return;
    let [left, frameRequest] = [FRAMES, 0];
    let held: Element | null = null;
    let at = frame.scrollTop;
    const release = () => {
      left = 0;
      frame.style.overflowAnchor = '';
    };
    const follow = () => {
      if (left < FRAMES && wasScrolled(frame, at)) release();
      if (left <= 0) return;
      held = bringIntoView(frame, id, held);
      at = frame.scrollTop;
      left -= 1;
      if (left > 0) frameRequest = requestAnimationFrame(follow);
      else release();
    };
    frame.style.paddingBottom = '';
    // The browser's scroll anchoring would look like a scroll by the user.
    frame.style.overflowAnchor = 'none';
    follow();
    const end = listen(frame, { wheel: release, pointerdown: release }, { passive: true });
    return () => {
      release();
      cancelAnimationFrame(frameRequest);
      end();
    };
  }, [page, id]);
}

/** Whether the user has scrolled the frame; a scroll position that content became too short for does not count. */
function wasScrolled(frame: HTMLElement, at: number): boolean {
  const last = frame.scrollHeight - frame.clientHeight;
  return Math.abs(frame.scrollTop - Math.min(at, last)) > 1;
}

/** Returns the element held at the top; `null` if everything is visible already. */
function bringIntoView(frame: HTMLElement, id: string, held: Element | null): Element | null {
  const target = frame.querySelector(`[data-near="${CSS.escape(id)}"]`);
  if (!target) return null;
  const outer = frame.getBoundingClientRect().top;
  const startOf = (one: Element) => Math.floor(one.getBoundingClientRect().top - outer + frame.scrollTop);
  const own = {
    start: startOf(target),
    end: target.getBoundingClientRect().bottom - outer + frame.scrollTop + BELOW,
  };
  if (held?.isConnected) scrollFrom(frame, startOf(held));
  if (own.start >= frame.scrollTop - 1 && own.end <= frame.scrollTop + frame.clientHeight + 1) return held;
  const found = [...frame.querySelectorAll('[data-near], h3')];
  const starts = found.map(startOf);
  const above = own.start < frame.scrollTop;
  // In the backward direction, the heading of the target is visible too.
  const heading = found[found.indexOf(target) - 1];
  const begin =
    above && heading?.tagName === 'H3' && own.end - startOf(heading) <= frame.clientHeight
      ? startOf(heading)
      : above
        ? own.start
        : beginningFor(starts, own, frame.clientHeight);
  scrollFrom(frame, begin);
  return found[starts.indexOf(begin)] ?? target;
}
