import { signal, useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { release, select, setHoverPart } from '../state/moves';
import { typeHere } from './handling';
import { hoverParts, selectedPart } from './view';
import { view } from './zoom';

interface Props {
  id: string;
  /** The ref that it selects; parts without a number cannot be selected. */
  selects: string;
  /** Its number, if it is given and so can be edited. */
  given?: string;
  label: string;
  class: string;
  first?: boolean;
  x?: number;
  y?: number;
  /** What is drawn around it while it is selected. */
  pick?: ComponentChildren;
  children: ComponentChildren;
}

/** The part that Tab enters the diagram at. */
export const stop = signal<string | null>(null);

/** Anything in the picture that can be selected, by pointer or keyboard. */
export function Part({ id, selects, given, label, class: classes, first = false, x, y, pick, children }: Props) {
  const { selected, lit, tabbable } = useStanding(id, first);
  const names = `part ${classes}${selected ? ' selected' : ''}${lit ? ' lit' : ''}`;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && selected && given && typeHere(given, id)) stop.value = id;
    else if (event.key === 'Enter' || event.key === ' ') select(selects);
    else if (event.key === 'Escape') release();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button element.
    <g
      role="button"
      tabindex={tabbable ? 0 : -1}
      data-part={id}
      class={names}
      transform={x === undefined ? undefined : `translate(${x} ${y})`}
      aria-label={label}
      aria-pressed={selected}
      onClick={() => select(selects)}
      onKeyDown={onKeyDown}
      onPointerEnter={() => setHoverPart(id)}
      onPointerLeave={() => setHoverPart(null)}
      onFocus={() => {
        stop.value = id;
        setHoverPart(id);
      }}
      onBlur={() => setHoverPart(null)}
    >
      {selected && pick}
      {children}
    </g>
  );
}

/** The state of a part. Of hundreds of parts only those are drawn again whose state, one number, has changed. */
function useStanding(id: string, first: boolean): { selected: boolean; lit: boolean; tabbable: boolean } {
  const standing = useComputed(() => {
    const tabbable = stop.value === null ? first : stop.value === id;
    return Number(selectedPart.value === id) + 2 * Number(hoverParts.value.has(id)) + 4 * Number(tabbable);
  }).value;
  return { selected: (standing & 1) > 0, lit: (standing & 2) > 0, tabbable: (standing & 4) > 0 };
}

interface PlaneProps {
  class: string;
  children: ComponentChildren;
}

/**
 * One of the overlaid drawings that are zoomed together. What moves or changes with every step has a separate plane, so
 * that the browser need not paint hundreds of unchanged lines again in each frame.
 */
export function Plane({ class: name, children }: PlaneProps) {
  return (
    <div class={`plane ${name}`}>
      <svg role="presentation">
        <Zoomed>{children}</Zoomed>
      </svg>
    </div>
  );
}

/** Reads the view, so only this is drawn again when the view moves. */
function Zoomed({ children }: { children: ComponentChildren }) {
  const { x, y, scale } = view.value;
  return <g transform={`translate(${x} ${y}) scale(${scale})`}>{children}</g>;
}
