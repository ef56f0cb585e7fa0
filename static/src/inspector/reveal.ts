import { beginningFor, scrollFrom } from '../scrolling';

/**
 * Scrolls the inspector, and never the page, so that all of the part is seen below the head that stays, and what stands there first
 * is a heading: no formula is cut.
 */
export function reveal(part: HTMLElement): void {
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
