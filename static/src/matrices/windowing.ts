/** Of a large matrix only the cells in view are drawn, and a few beyond, so that scrolling shows no gaps. In both directions. */

import type { Size } from '../size';

/** Cells from a first one to one past the last. */
export interface Span {
  first: number;
  end: number;
}

export interface Window {
  rows: Span;
  columns: Span;
}

const BEYOND = 6;

export function windowOf(
  counts: { rows: number; columns: number },
  cell: Size,
  scrolled: { left: number; top: number },
  room: Size,
): Window {
  return {
    rows: spanOf(counts.rows, cell.height, scrolled.top, room.height),
    columns: spanOf(counts.columns, cell.width, scrolled.left, room.width),
  };
}

function spanOf(count: number, size: number, scrolled: number, room: number): Span {
  const first = clamp(Math.floor(scrolled / size) - BEYOND, count);
  return { first, end: clamp(Math.ceil((scrolled + room) / size) + BEYOND, count) };
}

const clamp = (place: number, count: number): number => Math.min(count, Math.max(0, place));

/** Where to scroll to so that a place is in view, moving no farther than it takes. */
export function scrollTo(place: number, size: number, scrolled: number, room: number): number {
  return Math.max(Math.min(scrolled, place * size), (place + 1) * size - room);
}

/** Every how many cells a head is written, so that none runs into the next. */
export function headStep(size: number, least: number): number {
  return HEAD_STEPS.find((step) => step * size >= least) ?? 100;
}

const HEAD_STEPS = [1, 5, 10, 20, 50];

/** The places in a span at which heads are written: every so many, counted from 1, and the first. */
export function headsIn({ first, end }: Span, step: number): number[] {
  const all = Array.from({ length: end - first }, (_, place) => first + place);
  return all.filter((place) => (place + 1) % step === 0 || place === 0);
}
