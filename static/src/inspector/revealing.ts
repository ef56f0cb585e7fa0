import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { reveal } from './reveal';

/** Brings the wanted part into view when a part becomes it, and when a part before it has been written out late. */
export function useReveal(part: RefObject<HTMLElement | null>, ref: string, wanted: boolean, short: boolean): void {
  const before = useRef(short);
  useLayoutEffect(() => {
    const late = before.current && !short;
    before.current = short;
    const moved = wanted ? part.current : late ? wantedAfter(part.current) : null;
    if (!moved) return;
    // An observer is told once the page is laid out: measuring any earlier would lay it out twice.
    const observer = new ResizeObserver(() => {
      observer.disconnect();
      reveal(moved);
    });
    observer.observe(moved);
    return () => observer.disconnect();
  }, [wanted, ref, short]);
}

function wantedAfter(part: HTMLElement | null): HTMLElement | null {
  const wanted = part?.parentElement?.querySelector<HTMLElement>('.quantity.wanted');
  const follows = wanted && part && part.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_FOLLOWING;
  return follows ? wanted : null;
}
