/** The base of plots: logarithmic scales, axes with their numbers, and training steps that are read off. */

import type { ComponentChildren, RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { Size } from '../model/geometry';
import { slideBy } from './roving';

/** A logarithmic axis: powers of ten at equal distances. */
export interface LogScale {
  (value: number): number;
  /** The exponents at both ends. */
  from: number;
  to: number;
}

export function logScale(from: number, to: number, start: number, end: number): LogScale {
  const place = (value: number) => start + ((Math.log10(value) - from) / (to - from)) * (end - start);
  return Object.assign(place, { from, to });
}

/** The exponents to label along an axis: every one, or every second, third, … so that no two are closer than `room`. */
export function powers({ from, to }: LogScale, length: number, room: number): number[] {
  const every = Math.max(1, Math.ceil(((to - from) * room) / length));
  const first = Math.ceil(from / every) * every;
  return Array.from({ length: Math.floor((to - first) / every) + 1 }, (_, place) => first + place * every);
}

/** A labelled number on an axis, and its position. */
export interface Tick {
  value: number;
  at: number;
}

/** The finite numbers of a plot: the smallest, the largest, and the smallest above 0. */
export interface Extent {
  least: number;
  most: number;
  positive: number | null;
}

/** A vertical axis: null for a number that is not finite. */
export interface Axis {
  y: (value: number) => number | null;
  yTicks: Tick[];
}

/** The room for a label of a vertical axis, in pixels. */
const LABEL_HEIGHT = 24;

/** A vertical axis that starts at 0, or at the smallest number if that is negative. */
export function linearAxis({ least, most }: Extent, bottom: number, top: number): Axis {
  const from = Math.min(0, least);
  const to = most > from ? most : from + Math.max(1, -from);
  // The difference of two very large numbers may not be finite, but that of their halves is.
  const half = Number.isFinite(to - from) ? 1 : 0.5;
  const share = (value: number) => (value * half - from * half) / (to * half - from * half);
  const y = (value: number) => (Number.isFinite(value) ? bottom + share(value) * (top - bottom) : null);
  return { y, yTicks: ticks(round(from, to, (bottom - top) / LABEL_HEIGHT), y) };
}

/** From the smallest number above 0 on; other numbers are at the bottom. */
export function logAxis({ most, positive }: Extent, bottom: number, top: number): Axis {
  const [low, high] = [Math.log10(positive ?? 1), Math.log10(most)];
  // If all numbers are equal, the line is in the middle.
  const [from, to] = high > low ? [low, high] : [low - 0.5, high + 0.5];
  const place = logScale(from, to, bottom, top);
  const y = (value: number) => {
    if (!Number.isFinite(value)) return null;
    return value > 0 ? place(value) : bottom;
  };
  const tens = powers(place, bottom - top, LABEL_HEIGHT).map((power) => Number(`1e${power}`));
  const values = tens.length > 1 ? tens : round(10 ** from, 10 ** to, (bottom - top) / LABEL_HEIGHT);
  return { y, yTicks: ticks(values, y) };
}

function ticks(values: readonly number[], y: (value: number) => number | null): Tick[] {
  return values.flatMap((value) => {
    const at = y(value);
    return at === null ? [] : [{ value, at }];
  });
}

/** Multiples of 1, 2 or 5 times a power of ten that divide a range into about `parts` parts. */
export function round(from: number, to: number, parts: number): number[] {
  const count = Math.max(1, Math.floor(parts));
  const rough = Number.isFinite(to - from) ? (to - from) / count : to / count - from / count;
  if (!(rough > 0)) return [from];
  const power = Math.floor(Math.log10(rough));
  const unit = Number(`1e${power}`);
  const by = ([1, 2, 5, 10].find((times) => times * unit >= rough) ?? 10) * unit;
  if (!(by > 0 && Number.isFinite(by))) return [from, to];
  const found: number[] = [];
  for (let at = Math.ceil(from / by); at * by <= to && found.length <= parts + 1; at++) {
    // Without rounding errors: 3 · 0.1 is 0.30000000000000004.
    found.push(Number((at * by).toPrecision(12)));
  }
  return found;
}

/** The sides of the plot area within its picture. */
export interface Frame extends Size {
  left: number;
  right: number;
  top: number;
  bottom: number;
  xTicks: readonly Tick[];
  yTicks: readonly Tick[];
}

interface AxesProps {
  of: Frame;
  x: (value: number) => ComponentChildren;
  y: (value: number) => ComponentChildren;
  /** The names of the axes. */
  children?: ComponentChildren;
}

export function Axes({ of: { left, right, top, bottom, xTicks, yTicks }, x, y, children }: AxesProps) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus; the drawn parts name its numbers.
    <g class="axes" aria-hidden="true">
      <path d={`M${left} ${top}V${bottom}H${right}`} />
      {xTicks.map(({ value, at }) => (
        <g key={value}>
          <path d={`M${at} ${bottom}v4`} />
          <text x={at} y={bottom + 17} text-anchor="middle">
            {x(value)}
          </text>
        </g>
      ))}
      {yTicks.map(({ value, at }) => (
        <g key={value}>
          <path d={`M${left} ${at}h-4`} />
          {/* At the corner it is above the first label of the other axis. */}
          <text x={left - 8} y={Math.min(at + 4, bottom)} text-anchor="end">
            {y(value)}
          </text>
        </g>
      ))}
      {children}
    </g>
  );
}

/** The step that is read off: the one under the pointer, or else the one that keys or a finger have reached. */
export function useReading() {
  const [pointed, point] = useState<number | null>(null);
  const [reached, reach] = useState<number | null>(null);
  return { step: pointed ?? reached, point, reach };
}

interface StepSliderProps {
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

/** The plot of a quantity by training steps as a slider: a step is read off by pointer and keys, and opened. */
export function StepSlider({
  frame,
  words,
  reading,
  at,
  least,
  most,
  places,
  stepAt,
  onOpen,
  ...rest
}: StepSliderProps) {
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
