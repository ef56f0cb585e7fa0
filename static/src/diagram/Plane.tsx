import type { ComponentChildren } from 'preact';
import { view } from './zoom';

interface Props {
  class: string;
  children: ComponentChildren;
}

/**
 * One of the overlaid drawings that are zoomed together. What moves or changes with every step has a separate plane, so that
 * the browser need not paint hundreds of unchanged lines again in each frame.
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
