/** A grid is one tab stop; within it the keys move from cell to cell. */

import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Size } from '../model/geometry';
import { isShortcut, moveIn, type Place } from './roving';

interface Acts {
  /** Called with the cell under the pointer or at the keys, or null. */
  point: (place: Place | null) => void;
  choose: (place: Place) => void;
  /** The keys that choose. */
  by: readonly string[];
  /** The action of Escape. */
  leave: () => void;
  /** Called with the cell that the keys have moved to. */
  moved?: (place: Place) => void;
}

/** The cell of a grid at which the keys are, and the handler that moves it. */
export function useGridKeys(rows: number, columns: number, { point, choose, by, leave, moved }: Acts) {
  const [chosen, setHere] = useState<Place>([0, 0]);
  // Another network may have fewer rows.
  const here: Place = [Math.min(chosen[0], rows - 1), Math.min(chosen[1], columns - 1)];
  const onKeyDown = (event: KeyboardEvent) => {
    if (isShortcut(event)) return;
    const next = moveIn(event.key, here, rows, columns);
    if (next) {
      setHere(next);
      point(next);
      moved?.(next);
    } else if (by.includes(event.key)) choose(here);
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { here, setHere, onKeyDown };
}

interface Painted {
  rows: number;
  columns: number;
  cell: Size;
  label: string;
  hint: string;
}

/**
 * A painted grid: its cells are not elements of the page, except the one at the keys, which HereCell renders for screen
 * readers. `focused` is that cell while it is to be shown.
 */
export function usePaintedGrid({ rows, columns, cell, label, hint }: Painted, acts: Acts) {
  const { here, setHere, onKeyDown } = useGridKeys(rows, columns, acts);
  const [focused, setFocused] = useState(false);
  const id = useId();
  const under = (event: MouseEvent): Place | null => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const row = Math.floor((event.clientY - box.top) / cell.height);
    const column = Math.floor((event.clientX - box.left) / cell.width);
    return row >= 0 && column >= 0 && row < rows && column < columns ? [row, column] : null;
  };
  const grid = {
    role: 'grid' as const,
    tabIndex: 0,
    'aria-label': label,
    'aria-description': hint,
    'aria-rowcount': rows,
    'aria-colcount': columns,
    'aria-activedescendant': id,
    style: { width: `${columns * cell.width}px`, height: `${rows * cell.height}px` },
    onPointerMove: (event: PointerEvent) => {
      const place = under(event);
      if (place) acts.point(place);
    },
    onPointerLeave: () => acts.point(null),
    onClick: (event: MouseEvent) => {
      const place = under(event);
      if (!place) return;
      setHere(place);
      acts.choose(place);
    },
    onKeyDown: (event: KeyboardEvent) => {
      // Keys that continue from a clicked cell show their position, too.
      setFocused(true);
      onKeyDown(event);
    },
    onFocus: ({ currentTarget }: FocusEvent) => {
      if (!(currentTarget as Element).matches(':focus-visible')) return;
      setFocused(true);
      acts.point(here);
    },
    onBlur: () => {
      setFocused(false);
      acts.point(null);
    },
  };
  return { grid, id, here, focused: focused ? here : null };
}

/** The cell at the keys, for screen readers: the only cell of a painted grid that is an element of the page. */
export function HereCell({
  id,
  at,
  children,
}: {
  id: string;
  at: readonly [number, number];
  children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no table.
    <div role="row" tabIndex={-1} aria-rowindex={at[0] + 1} class="visually-hidden">
      {/* biome-ignore lint/a11y/useSemanticElements: there is no table. */}
      <div id={id} role="gridcell" tabIndex={-1} aria-rowindex={at[0] + 1} aria-colindex={at[1] + 1}>
        {children}
      </div>
    </div>
  );
}
