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
    // Before the painting, once all is drawn: measuring any earlier would lay the page out twice.
    const frame = requestAnimationFrame(() => reveal(moved));
    return () => cancelAnimationFrame(frame);
  }, [wanted, ref, short]);
}

function wantedAfter(part: HTMLElement | null): HTMLElement | null {
  const wanted = part?.parentElement?.querySelector<HTMLElement>('.quantity.wanted');
  const follows = wanted && part && part.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_FOLLOWING;
  return follows ? wanted : null;
}
