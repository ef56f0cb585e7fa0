/** Of thousands of rows only those in view are drawn, and a few beyond, so that scrolling shows no gaps. */

export interface Slice {
  first: number;
  /** One past the last. */
  end: number;
  /** The height that stands for the rows left out, in pixels. */
  above: number;
  below: number;
}

const BEYOND = 8;

export function sliceOf(count: number, rowHeight: number, scrolled: number, height: number, beyond = BEYOND): Slice {
  const first = clamp(Math.floor(scrolled / rowHeight) - beyond, count);
  const end = clamp(Math.ceil((scrolled + height) / rowHeight) + beyond, count);
  return { first, end, above: first * rowHeight, below: (count - end) * rowHeight };
}

/** Where to scroll to so that a row is in view, moving no farther than it takes. */
export function scrollTo(place: number, rowHeight: number, scrolled: number, height: number): number {
  const top = place * rowHeight;
  return Math.max(Math.min(scrolled, top), top + rowHeight - height);
}

const clamp = (place: number, count: number): number => Math.min(count, Math.max(0, place));
