import { signal, useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { hover, release, select } from '../state/moves';
import { typeHere } from './handling';
import { litParts, selectedPart } from './view';

interface Props {
  id: string;
  /** What selecting it selects; parts without a number of their own cannot be selected. */
  selects: string;
  /** Its number, which can be typed where it is given. */
  given?: string;
  label: string;
  class: string;
  first?: boolean;
  x?: number;
  y?: number;
  /** What is drawn about it while it is selected. */
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
      onPointerEnter={() => hover(id)}
      onPointerLeave={() => hover(null)}
      onFocus={() => {
        stop.value = id;
        hover(id);
      }}
      onBlur={() => hover(null)}
    >
      {selected && pick}
      {children}
    </g>
  );
}

/** How a part stands. Of hundreds only those are drawn again for which the answer, one number, has changed. */
function useStanding(id: string, first: boolean): { selected: boolean; lit: boolean; tabbable: boolean } {
  const standing = useComputed(() => {
    const tabbable = stop.value === null ? first : stop.value === id;
    return Number(selectedPart.value === id) + 2 * Number(litParts.value.has(id)) + 4 * Number(tabbable);
  }).value;
  return { selected: (standing & 1) > 0, lit: (standing & 2) > 0, tabbable: (standing & 4) > 0 };
}
