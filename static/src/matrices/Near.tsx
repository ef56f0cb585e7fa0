import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Equation, resultOf } from './equations';
import { isSet, TALLEST } from './room';

/** How far beyond the window equations are drawn already, in CSS pixels. */
const AHEAD = 500;
/** A line of a set matrix, and what stands around it. */
const LINE = 28;
const AROUND = 120;

/** An equation is drawn only while it is in view, or nearly: a deep network has hundreds. What is not drawn keeps its height. */
export function Near({ equation, children }: { equation: Equation; children: () => ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  const height = useRef(guessed(equation));
  const [near, setNear] = useState(false);
  useEffect(() => {
    const watched = place.current;
    if (!watched) return;
    const observer = new IntersectionObserver(
      (entries) => {
        // A busy page is told several changes at once: the last one is how things are.
        const entry = entries.at(-1);
        if (!entry) return;
        // Whatever has the focus stays.
        if (!entry.isIntersecting && watched.contains(document.activeElement)) return;
        if (!entry.isIntersecting && entry.boundingClientRect.height > 0)
          height.current = entry.boundingClientRect.height;
        setNear(entry.isIntersecting);
      },
      { root: watched.closest('.equations'), rootMargin: `${AHEAD}px 0px` },
    );
    observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} data-near={equation.id} style={near ? undefined : { height: `${height.current}px` }}>
      {near && children()}
    </div>
  );
}

function guessed(equation: Equation): number {
  const result = resultOf(equation);
  if (!result) return AROUND;
  return AROUND + (isSet(result) ? result.rows * LINE : TALLEST);
}
