import type { ComponentChildren } from 'preact';
import { texts } from '../texts';
import { useMeasured } from './useMeasured';

interface Props {
  /** The scrolling element within the children. */
  of: { current: HTMLElement | null };
  /** The width of the fixed part at its left, in CSS pixels. */
  head?: number;
  /** Whether it begins with a row of heads, in which the arrows fit. */
  arrows?: boolean;
  /** A function receives whether some are out of sight: only then the element needs a tab stop for the keyboard. */
  children: ComponentChildren | ((scrolls: boolean) => ComponentChildren);
}

/** Numbers that may be wider than their room: if some are out of sight, an arrow says so, and scrolls to them. */
export function Sideways({ of, head = 0, arrows = true, children }: Props) {
  const [hidden] = useMeasured(of, hiddenIn, { left: false, right: false });
  const go = (by: 1 | -1) => of.current?.scrollBy({ left: by * 0.7 * of.current.clientWidth });
  return (
    <div class="sideways" style={{ '--head': `${head}px` }}>
      {typeof children === 'function' ? children(hidden.left || hidden.right) : children}
      {hidden.left && <Sign side="left" onClick={arrows ? () => go(-1) : null} />}
      {hidden.right && <Sign side="right" onClick={arrows ? () => go(1) : null} />}
    </div>
  );
}

/** For the pointer only: keys and screen readers reach hidden numbers without it. It covers only the heads. */
function Sign({ side, onClick }: { side: 'left' | 'right'; onClick: (() => void) | null }) {
  return (
    <>
      <i class={`sideways-fade ${side}`} />
      {onClick && (
        <button
          type="button"
          class={`sideways-sign ${side}`}
          tabIndex={-1}
          aria-hidden="true"
          title={texts.sideways[side]}
          onClick={onClick}
        >
          <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
            <path d={side === 'left' ? 'M10 3 5 8l5 5' : 'M6 3l5 5-5 5'} />
          </svg>
        </button>
      )}
    </>
  );
}

/** A difference of one pixel is a rounding error. */
function hiddenIn({ scrollLeft, scrollWidth, clientWidth }: HTMLElement): { left: boolean; right: boolean } {
  return { left: scrollLeft > 1, right: scrollLeft + clientWidth < scrollWidth - 1 };
}
