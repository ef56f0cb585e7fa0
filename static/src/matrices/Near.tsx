import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useMeasured } from '../useMeasured';
import { type Equation, resultOf } from './equations';
import { isSet, TALLEST } from './room';

/** How far beyond the window equations are drawn already, in CSS pixels; they stay until they are twice as far. */
const AHEAD = 500;
/** A line of a set matrix, and what stands around it. */
const LINE = 28;
const AROUND = 120;

/** An equation is drawn only while it is in view, or nearly: a deep network has hundreds. What is not drawn keeps its height. */
export function Near({ equation, children }: { equation: Equation; children: () => ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  const height = useRef(guessed(equation));
  const [near] = useMeasured<HTMLDivElement, boolean>(
    place,
    (element, before) => {
      const frame = element.closest('.equations')?.getBoundingClientRect();
      // The view is out of sight.
      if (!frame || frame.height === 0) return before;
      const own = element.getBoundingClientRect();
      const away = Math.max(own.top - frame.bottom, frame.top - own.bottom);
      // Whatever has the focus stays.
      if (away <= (before ? 2 * AHEAD : AHEAD) || element.contains(document.activeElement)) return true;
      if (before) height.current = own.height;
      return false;
    },
    false,
  );
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
