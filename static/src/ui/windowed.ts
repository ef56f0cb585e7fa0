/** Of many rows or columns only the visible ones and a few beyond are drawn, so that scrolling shows no gaps. */

import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Size } from '../model/geometry';
import { useView } from './useMeasured';

/** Rows or columns: the first index, and the index after the last. */
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

/** The scroll position at which a place is visible, by the least distance. */
export function scrollTo(place: number, size: number, scrolled: number, room: number): number {
  return Math.max(Math.min(scrolled, place * size), (place + 1) * size - room);
}

export const spanned = ({ first, end }: Span): number[] =>
  Array.from({ length: end - first }, (_, place) => first + place);

type Frame = { current: HTMLElement | null };

interface Sheet {
  rows: number;
  /** Omitted if rows are as wide as the frame. */
  columns?: number;
  cell: Size;
  /** The size of the heads in the frame, above and to the left. */
  head: Size;
  /** The number of extra rows and columns beyond the visible ones. */
  beyond?: { rows: number; columns: number };
}

/** The drawn part of a sheet that scrolls in a frame, and a function that scrolls to a place. */
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

/** Focuses the element that a selector matches in a frame, as soon as it is rendered. */
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
