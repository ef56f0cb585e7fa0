/** How large the room for the picture is, as long as it is on the page. */

import { useLayoutEffect } from 'preact/hooks';
import { space } from './view';

export function useSpace(frame: { current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => {
      const { width, height } = element.getBoundingClientRect();
      if (width > 0 && height > 0) space.value = { width, height };
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
}
