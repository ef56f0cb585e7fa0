import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { hover, release, select } from '../state/moves';
import { stop } from './roving';
import { litParts, selectedPart } from './view';

interface Props {
  id: string;
  /** What selecting it selects; parts without a number of their own cannot be selected. */
  selects: string;
  label: string;
  class: string;
  first?: boolean;
  x?: number;
  y?: number;
  children: ComponentChildren;
}

/** Anything in the picture that can be selected, by pointer or keyboard. */
export function Part({ id, selects, label, class: classes, first = false, x, y, children }: Props) {
  // Of hundreds of parts only those are drawn again for which the answer has changed.
  const selected = useComputed(() => selectedPart.value === id).value;
  const lit = useComputed(() => litParts.value.has(id)).value;
  const names = [classes, selected && 'selected', lit && 'lit'].filter(Boolean).join(' ');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') select(selects);
    else if (event.key === 'Escape') release();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const tabbable = useComputed(() => (stop.value === null ? first : stop.value === id)).value;
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button of its own.
    <g
      role="button"
      tabIndex={tabbable ? 0 : -1}
      data-part={id}
      class={`part ${names}`}
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
      {children}
    </g>
  );
}
