/** What the current step works on is brought into view, moving no farther than it takes, and with a beginning at the top. */

import { useEffect } from 'preact/hooks';
import { beginningFor, scrollFrom } from './scrolling';

const BELOW = 12;
/** What comes into view is drawn then, and may move what follows: so many frames long the beginning is held at the top. */
const FRAMES = 12;

export function useFollowed(page: { current: HTMLElement | null }, id: string | null): void {
  useEffect(() => {
    if (id === null) return;
    let [left, frame] = [FRAMES, 0];
    let held: Element | null = null;
    const release = () => {
      left = 0;
    };
    const follow = () => {
      if (page.current) held = bringIntoView(page.current, id, held);
      left -= 1;
      if (left > 0) frame = requestAnimationFrame(follow);
    };
    if (page.current) page.current.style.paddingBottom = '';
    follow();
    const own = page.current;
    own?.addEventListener('wheel', release, { passive: true });
    own?.addEventListener('pointerdown', release);
    return () => {
      cancelAnimationFrame(frame);
      own?.removeEventListener('wheel', release);
      own?.removeEventListener('pointerdown', release);
    };
  }, [page, id]);
}

/** What it has at the top for that; `null` where all is in view as it is. */
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
  // Going back one sees the heading of what one comes to, too.
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
