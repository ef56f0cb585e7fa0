import type { ComponentChildren } from 'preact';
import { view } from './zoom';

interface Props {
  class: string;
  children: ComponentChildren;
}

/**
 * One of the drawings that lie on each other and are zoomed together. What moves or changes with every step has a plane
 * of its own, so that the browser need not paint hundreds of resting lines again for each frame of it.
 */
export function Plane({ class: name, children }: Props) {
  return (
    <div class={`plane ${name}`}>
      <svg role="presentation">
        <Zoomed>{children}</Zoomed>
      </svg>
    </div>
  );
}

/** Asks where the view is, and is alone drawn again when it moves. */
function Zoomed({ children }: { children: ComponentChildren }) {
  const { x, y, scale } = view.value;
  return <g transform={`translate(${x} ${y}) scale(${scale})`}>{children}</g>;
}
