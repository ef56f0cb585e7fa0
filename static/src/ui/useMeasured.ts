import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Size } from '../model/geometry';
import { same } from '../model/json';

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

type Place<E> = { current: E | null };

/** What `read` finds at an element once it is drawn, kept up to date, and a function that reads it at once. */
export function useMeasured<E extends Element, T>(
  element: Place<E>,
  read: (element: E, before: T) => T,
  first: T,
): [T, () => void] {
  const [value, setValue] = useState(first);
  const measure = useMeasuring(element, (found) =>
    setValue((before) => {
      const after = read(found, before);
      return same(after, before) ? before : after;
    }),
  );
  return [value, measure];
}

/** Calls `measure` for an element once it is drawn, and whenever it may have moved, before that is painted. */
function useMeasuring<E extends Element>(element: Place<E>, measure: (element: E) => void): () => void {
  const newest = useRef(measure);
  newest.current = measure;
  const run = useRef(() => {
    if (element.current) newest.current(element.current);
  }).current;
  useLayoutEffect(() => measured.watch(run), []);
  // Whatever is drawn may move everything else.
  useLayoutEffect(measured.soon);
  return run;
}

/** Measures when an element has got another size by what the page does elsewhere. These notices come before the painting. */
export function useResized(element: Place<Element>, measure: () => void): void {
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
}

/** The room that an element has, in CSS pixels; `null` until it is known. */
export function useSize(element: Place<Element>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useRoom(element, setSize);
  return size;
}

/** Calls `keep` with the room of an element whenever it is another; an element out of sight has none. */
export function useRoom(element: Place<Element>, keep: (room: Size) => void): void {
  const known = useRef<Size | null>(null);
  const measure = useMeasuring(element, (found) => {
    const { width, height } = found.getBoundingClientRect();
    if (width === 0 || height === 0 || same({ width, height }, known.current)) return;
    known.current = { width, height };
    keep(known.current);
  });
  useResized(element, measure);
}

/** The part that is in view of what scrolls in an element, in CSS pixels. */
interface View extends Size {
  top: number;
  left: number;
}

export function useView(element: Place<HTMLElement>, first: Size): [View, () => void] {
  const [view, measure] = useMeasured<HTMLElement, View>(element, viewOf, { top: 0, left: 0, ...first });
  useResized(element, measure);
  return [view, measure];
}

/** Out of sight, all of it stays as it was: what had the focus is still there. */
function viewOf({ scrollTop, scrollLeft, clientHeight, clientWidth }: HTMLElement, before: View): View {
  if (clientHeight === 0 || clientWidth === 0) return before;
  return { top: scrollTop, left: scrollLeft, height: clientHeight, width: clientWidth };
}
