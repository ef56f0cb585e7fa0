/** Of thousands of rows or columns only those in view are drawn, and a few beyond, so that scrolling shows no gaps. */

import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Size } from '../model/geometry';
import { useView } from './useMeasured';

/** Rows or columns from a first one to one past the last. */
export interface Span {
  first: number;
  end: number;
}

export interface Window {
  rows: Span;
  columns: Span;
}

const BEYOND = 6;

export function spanOf(count: number, size: number, scrolled: number, room: number, beyond = BEYOND): Span {
  const first = clamp(Math.floor(scrolled / size) - beyond, count);
  return { first, end: clamp(Math.ceil((scrolled + room) / size) + beyond, count) };
}

const clamp = (place: number, count: number): number => Math.min(count, Math.max(0, place));

/** Where to scroll to so that a place is in view, moving no farther than it takes. */
export function scrollTo(place: number, size: number, scrolled: number, room: number): number {
  return Math.max(Math.min(scrolled, place * size), (place + 1) * size - room);
}

export const spanned = ({ first, end }: Span): number[] =>
  Array.from({ length: end - first }, (_, place) => first + place);

type Frame = { current: HTMLElement | null };

interface Sheet {
  rows: number;
  /** Where they are all as wide as the frame, they need no count. */
  columns?: number;
  cell: Size;
  /** What heads take of the frame, above and to the left. */
  head: Size;
  /** How many beyond those in view are drawn, of rows and of columns. */
  beyond?: { rows: number; columns: number };
}

/** What is drawn of a sheet that scrolls in a frame, and a function that brings a place into view. */
export function useWindow(frame: Frame, first: Size, sheet: (room: Size) => Sheet) {
  const [view, measure] = useView(frame, first);
  const { rows, columns = 1, cell, head, beyond = { rows: BEYOND, columns: BEYOND } } = sheet(view);
  const show = (row: number, column?: number) => {
    const { current } = frame;
    if (!current) return;
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = current;
    current.scrollTop = scrollTo(row, cell.height, scrollTop, clientHeight - head.height);
    if (column !== undefined) current.scrollLeft = scrollTo(column, cell.width, scrollLeft, clientWidth - head.width);
    measure();
  };
  const window: Window = {
    rows: spanOf(rows, cell.height, view.top, view.height - head.height, beyond.rows),
    columns: spanOf(columns, cell.width, view.left, view.width - head.width, beyond.columns),
  };
  return { window, cell, view, show };
}

/** Focuses what a selector finds in a frame, as soon as it is drawn. */
export function useFocusOnceDrawn(frame: Frame): (selector: string) => void {
  const awaited = useRef<string | null>(null);
  const focus = () => {
    const found = awaited.current && frame.current?.querySelector<HTMLElement>(awaited.current);
    if (!found) return;
    awaited.current = null;
    found.focus({ preventScroll: true });
  };
  useLayoutEffect(focus);
  return (selector) => {
    awaited.current = selector;
    focus();
  };
}
