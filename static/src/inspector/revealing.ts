import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { hurried } from '../state/store';
import { reveal } from './reveal';

/** Brings the wanted part into view: when a part becomes it, and when what is written beside it has moved it. */
export function useReveal(part: RefObject<HTMLElement | null>, ref: string, does = true): void {
  useLayoutEffect(() => {
    const element = does && part.current?.parentElement?.querySelector<HTMLElement>('.quantity.wanted');
    if (!element) return;
    // An observer is told once the page is laid out: measuring any earlier would lay it out twice.
    const observer = new ResizeObserver(() => {
      observer.disconnect();
      reveal(element);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [does, ref]);
}

/**
 * Whether what has this name has been painted so many times: what can wait is drawn after it, one thing a frame. In a hurry
 * it waits until the steps rest.
 */
export function usePainted(name: string, times: number): boolean {
  const [last, setLast] = useState({ name, count: 0 });
  const count = last.name === name ? last.count : 0;
  const waits = count < times && hurried.value;
  useEffect(() => {
    if (count < times && !waits) setLast({ name, count: count + 1 });
  }, [name, count, times, waits]);
  return count >= times;
}
