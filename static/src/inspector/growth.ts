/** A growing sum in view: which of its terms are written out, and which are only counted. */

export interface Window {
  /** Terms done that are told as a count. */
  before: number;
  first: number;
  /** One past the last that is written out. */
  end: number;
  /** Terms to come that are told as a count. */
  after: number;
}

/** A sum of so many terms is written out whole. */
const WHOLE = 12;
const BEHIND = 4;
const AHEAD = 3;

/** Around the current term; of a long sum only what was just done and what comes next. */
export function windowAround(current: number, terms: number): Window {
  if (terms <= WHOLE) return { before: 0, first: 0, end: terms, after: 0 };
  const first = Math.max(0, current - BEHIND);
  const end = Math.min(terms, current + AHEAD + 1);
  return { before: first, first, end, after: terms - end };
}

export function stateOf(place: number, current: number): 'done' | 'current' | 'coming' {
  if (place === current) return 'current';
  return place < current ? 'done' : 'coming';
}
