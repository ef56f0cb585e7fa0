import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
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

/** Whether something that has this name has been painted: what can wait is drawn after it. */
export function usePainted(name: string): boolean {
  const [painted, setPainted] = useState<string | null>(null);
  useEffect(() => setPainted(name), [name]);
  return painted === name;
}
