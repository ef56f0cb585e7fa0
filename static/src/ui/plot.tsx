/** The base of plots: logarithmic scales, and axes with their numbers. */

import type { ComponentChildren } from 'preact';
import type { Size } from '../model/geometry';

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
          <text x={left - 8} y={at + 4} text-anchor="end">
            {y(value)}
          </text>
        </g>
      ))}
      {children}
    </g>
  );
}
