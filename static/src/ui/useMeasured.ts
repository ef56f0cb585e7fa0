import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Size } from '../model/geometry';
import { same } from '../model/json';

/**
 * The page itself measures elements that depend on a position or size on the screen, in the same task as the change.
 * An observer is notified after the painting, on a busy machine much later: until then the page would be blank.
 */

type Run = () => void;

/** How often positions may depend on each other in one frame; unfinished measurements continue in the next frame. */
export const ROUNDS = 10;

/** `afterDrawing` runs a function before anything can be painted, `inNextFrame` before the next painting. */
export function measuring(afterDrawing: (run: Run) => void, inNextFrame: (run: Run) => void) {
  const watched = new Set<Run>();
  let due = false;
  let rounds = 0;

  /** Measures everything now. */
  function now(): void {
    due = false;
    for (const measure of watched) measure();
  }

  /** Measures everything when the pending rendering is complete. */
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

  /** Calls `measure` whenever something may have moved, until the returned function is called. */
  function watch(measure: Run): Run {
    watched.add(measure);
    return () => watched.delete(measure);
  }

  return { now, soon, watch };
}

/** All measurements of the page. Preact renders in microtasks: another one runs after them and before painting. */
export const measured = measuring(queueMicrotask, (run) => requestAnimationFrame(run));

// The browser dispatches both before it paints the result.
globalThis.addEventListener?.('scroll', measured.now, { capture: true, passive: true });
globalThis.addEventListener?.('resize', measured.now, { passive: true });

type Place<E> = { current: E | null };

/** The result of `read` for an element once it is rendered, kept up to date, and a function that reads it at once. */
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

/** Calls `measure` for an element once it is rendered, and whenever it may have moved, before that is painted. */
function useMeasuring<E extends Element>(element: Place<E>, measure: (element: E) => void): () => void {
  const newest = useRef(measure);
  newest.current = measure;
  const run = useRef(() => {
    if (element.current) newest.current(element.current);
  }).current;
  useLayoutEffect(() => measured.watch(run), []);
  // Any rendering may move everything else.
  useLayoutEffect(measured.soon);
  return run;
}

/** Measures when other parts of the page have resized an element. These notifications come before painting. */
export function useResized(element: Place<Element>, measure: () => void): void {
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
}

/** The size of an element, in CSS pixels; `null` until it is known. */
export function useSize(element: Place<Element>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useRoom(element, setSize);
  return size;
}

/** Calls `keep` when the size of an element changes; an element out of sight has none. */
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

/** The visible part of a scrolling element's content, in CSS pixels. */
interface View extends Size {
  top: number;
  left: number;
}

export function useView(element: Place<HTMLElement>, first: Size): [View, () => void] {
  const [view, measure] = useMeasured<HTMLElement, View>(element, viewOf, { top: 0, left: 0, ...first });
  useResized(element, measure);
  return [view, measure];
}

/** Out of sight the view stays unchanged: the element that had the focus still exists. */
function viewOf({ scrollTop, scrollLeft, clientHeight, clientWidth }: HTMLElement, before: View): View {
  if (clientHeight === 0 || clientWidth === 0) return before;
  return { top: scrollTop, left: scrollLeft, height: clientHeight, width: clientWidth };
}
