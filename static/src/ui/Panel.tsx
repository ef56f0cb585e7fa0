import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import './panel.css';

interface Props {
  id: string;
  /** The name of the button and of the panel. */
  label: string;
  title: string;
  button: ComponentChildren;
  children: () => ComponentChildren;
}

/** The distance between the button and its panel, in pixels. */
const GAP = 10;

/** A button with a panel beneath it, which closes when the focus leaves. Its content is created when it opens. */
export function Panel({ id, label, title, button, children }: Props) {
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState({ top: 0, right: 0 });
  const onToggle = (event: ToggleEvent) => {
    const { bottom = 0, right = 0 } = opener.current?.getBoundingClientRect() ?? {};
    setPlace({ top: bottom + GAP, right: document.documentElement.clientWidth - right });
    setOpen(event.newState === 'open');
  };
  return (
    <>
      <button
        ref={opener}
        type="button"
        class="quiet opener"
        popovertarget={id}
        aria-expanded={open}
        aria-label={label}
        title={title}
      >
        {button}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        class="panel"
        style={{ top: `${place.top}px`, '--right': `${place.right}px` }}
        onBeforeToggle={onToggle}
      >
        {open && children()}
      </div>
    </>
  );
}

/** Closes the panel that contains an element. */
export function closePanel(within: Element): void {
  within.closest<HTMLElement>('[popover]')?.hidePopover();
}

/** Whether the page has one column, as on a phone; the style sheets use the same width. */

const phone = globalThis.matchMedia?.('(max-width: 720px)');

export const isNarrow = signal(phone?.matches ?? false);

phone?.addEventListener('change', ({ matches }) => {
  isNarrow.value = matches;
});
