import type { ComponentChildren } from 'preact';
import { texts } from '../texts';
import { useMeasured } from './useMeasured';

interface Props {
  /** What scrolls, within the children. */
  of: { current: HTMLElement | null };
  /** What stays at its left, in CSS pixels. */
  head?: number;
  /** Whether it begins with a row of heads, which has room for the arrows. */
  arrows?: boolean;
  /** Given whether some are out of sight: what scrolls can be scrolled by keyboard, the rest needs no stop of the Tab key. */
  children: ComponentChildren | ((scrolls: boolean) => ComponentChildren);
}

/** Numbers that may be wider than their room: where some are out of sight a sign says so, and leads there. */
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

/** For the pointer: keys and screen readers come to what is out of sight without it. It lies on the heads alone. */
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

/** A pixel more or less is one of rounding. */
function hiddenIn({ scrollLeft, scrollWidth, clientWidth }: HTMLElement): { left: boolean; right: boolean } {
  return { left: scrollLeft > 1, right: scrollLeft + clientWidth < scrollWidth - 1 };
}
