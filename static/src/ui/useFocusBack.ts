import { useRef } from 'preact/hooks';

/** What a box listens to whose buttons go when they are pressed: the focus goes back to where it came from. */
export function useFocusBack() {
  const from = useRef<HTMLElement | null>(null);
  return useRef({
    onFocusIn: ({ currentTarget, relatedTarget }: FocusEvent) => {
      const outside = relatedTarget instanceof Element && !(currentTarget as Element).contains(relatedTarget);
      if (outside) from.current = relatedTarget as HTMLElement;
    },
    onClickCapture: ({ target }: Event) => {
      if (from.current && (target as Element).closest('button')) focusAt(from.current);
    },
  }).current;
}

/** Focus the element or, if it is gone, its replacement, or the picture: the keyboard focus is never lost. */
export function focusAt(gone: HTMLElement): void {
  const own = gone.isConnected ? gone : document.getElementById(gone.id);
  const stop = document.querySelector<SVGElement>('.picture .part[tabindex="0"]');
  (own ?? stop)?.focus({ preventScroll: true });
}
