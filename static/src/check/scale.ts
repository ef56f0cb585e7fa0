/** A logarithmic axis: powers of ten at equal distances. */

export interface LogScale {
  (value: number): number;
  /** The powers of ten at both ends. */
  from: number;
  to: number;
}

export function logScale(from: number, to: number, start: number, end: number): LogScale {
  const place = (value: number) => start + ((Math.log10(value) - from) / (to - from)) * (end - start);
  return Object.assign(place, { from, to });
}

/** Powers of ten to name along an axis: every one, or every second, third, … so that no two are closer than `room`. */
export function powers({ from, to }: LogScale, length: number, room: number): number[] {
  const every = Math.max(1, Math.ceil(((to - from) * room) / length));
  const first = Math.ceil(from / every) * every;
  return Array.from({ length: Math.floor((to - first) / every) + 1 }, (_, place) => first + place * every);
}
