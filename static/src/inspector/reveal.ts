/** Scrolls the inspector, and never the page, so that all of the part is seen below the head that stays. */
export function reveal(part: HTMLElement): void {
  const frame = part.closest('.inspector');
  if (!frame || frame.scrollHeight <= frame.clientHeight) return;
  const [inner, outer] = [part.getBoundingClientRect(), frame.getBoundingClientRect()];
  const top = frame.querySelector('.subject')?.getBoundingClientRect().bottom ?? outer.top;
  if (inner.bottom > outer.bottom) frame.scrollTop += Math.min(inner.bottom - outer.bottom, inner.top - top);
  else if (inner.top < top) frame.scrollTop -= top - inner.top;
}
