/** The plot of a quantity by training steps as a slider: a step is read off by pointer and keys, and opened. */

import type { ComponentChildren, RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { slideBy } from './roving';

/** The step that is read off: the one under the pointer, or else the one that keys or a finger have reached. */
export function useReading() {
  const [pointed, point] = useState<number | null>(null);
  const [reached, reach] = useState<number | null>(null);
  return { step: pointed ?? reached, point, reach };
}

interface Props {
  frame: RefObject<HTMLDivElement | null>;
  class: string;
  words: { label: string; hint: string; value: string | undefined };
  reading: ReturnType<typeof useReading>;
  /** The step that is read off now; null as long as there is none. */
  at: number | null;
  least: number;
  most: number;
  /** The place of a step among those that keys go through, and the step at a place: each, or those that were recorded. */
  places: { count: number; of: (step: number) => number; step: (place: number) => number };
  /** The step that is nearest to a distance from the left, in pixels. */
  stepAt: ((x: number) => number | null) | undefined;
  onOpen: (step: number) => void;
  children: ComponentChildren;
}

export function StepSlider({ frame, words, reading, at, least, most, places, stepAt, onOpen, ...rest }: Props) {
  const { point, reach } = reading;
  const under = (event: MouseEvent) => {
    const { left = 0 } = frame.current?.getBoundingClientRect() ?? {};
    return stepAt?.(event.clientX - left) ?? null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (at === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = slideBy(event, places.of(at), 0, places.count - 1);
    if (place !== null) reach(places.step(place));
    else if (event.key === 'Enter' || event.key === ' ') onOpen(at);
    else return;
    event.preventDefault();
    point(null);
  };
  return (
    <div
      ref={frame}
      class={rest.class}
      role="slider"
      tabIndex={0}
      aria-label={words.label}
      aria-description={words.hint}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={at ?? least}
      aria-valuetext={words.value}
      onKeyDown={onKeyDown}
      onBlur={() => reach(null)}
      onPointerMove={(event) => {
        point(under(event));
        // The point that a finger has reached is still read off when the finger has left.
        if (event.pointerType === 'touch') reach(under(event));
      }}
      onPointerLeave={() => point(null)}
      onClick={(event) => {
        const step = under(event);
        if (step === null) return;
        reach(step);
        onOpen(step);
      }}
    >
      {rest.children}
    </div>
  );
}
