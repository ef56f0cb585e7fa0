import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { carried, revise } from '../../state/buildActions';
import { texts } from '../../texts';
import { Sign } from '../../ui/buttons';

const words = texts.build.layers;

interface Props {
  title: string;
  name: string;
  place: number;
  count: number;
  list: RefObject<HTMLOListElement | null>;
}

/** The handle that moves a layer: by dragging, or with the arrow keys. */
export function Grip({ title, name, place, count, list }: Props) {
  const grip = useRef<HTMLButtonElement>(null);
  const target = useRef<number | null>(null);
  useLayoutEffect(() => {
    // Moving an element in the page removes the focus from it.
    if (carried.peek() !== name) return;
    carried.value = null;
    grip.current?.focus();
  }, [place, name]);

  const move = (to: number) => {
    if (to === place || to < 0 || to >= count) return;
    carried.value = name;
    revise({ kind: 'move', from: place, to });
  };
  const mark = (to: number | null, y = 0) => {
    target.current = to;
    const items = [...(list.current?.children ?? [])] as HTMLElement[];
    for (const [at, item] of items.entries()) {
      item.classList.toggle('carried', to !== null && at === place);
      item.classList.toggle('above', to !== null && to < place && at === to);
      item.classList.toggle('beneath', to !== null && to > place && at === to);
      item.style.translate = to !== null && at === place ? `0 ${y}px` : '';
    }
  };
  const start = useRef<{ y: number; middles: number[] } | null>(null);
  return (
    <button
      ref={grip}
      type="button"
      class="grip"
      aria-label={words.grip(title, name, place + 1, count)}
      title={words.grip(title, name, place + 1, count)}
      onKeyDown={(event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (by === undefined) {
          if (event.key === 'Escape') mark(null);
          return;
        }
        event.preventDefault();
        move(place + by);
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const items = [...(list.current?.children ?? [])];
        const middles = items.map((item) => {
          const { top, height } = item.firstElementChild?.getBoundingClientRect() ?? item.getBoundingClientRect();
          return top + height / 2;
        });
        start.current = { y: event.clientY, middles };
      }}
      onPointerMove={(event) => {
        const from = start.current;
        if (!from) return;
        const by = event.clientY - from.y;
        mark(landing(from.middles, place, by), by);
      }}
      onPointerUp={() => {
        const to = target.current;
        start.current = null;
        mark(null);
        if (to !== null) move(to);
      }}
      onPointerCancel={() => {
        start.current = null;
        mark(null);
      }}
    >
      <Sign d="M6 4v.01M10 4v.01M6 8v.01M10 8v.01M6 12v.01M10 12v.01" />
    </button>
  );
}

/** The position at which a dragged layer would be dropped: after every layer whose middle is above its own middle. */

export function landing(middles: readonly number[], place: number, by: number): number {
  const own = (middles[place] ?? 0) + by;
  return middles.filter((middle, other) => other !== place && middle < own).length;
}
