import { useLayoutEffect, useState } from 'preact/hooks';
import type { Size } from './size';

/** The room that an element has, in CSS pixels, kept up to date; `null` until it is known. */
export function useSize(element: { current: Element | null }): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const measure = () => {
      const { width, height } = watched.getBoundingClientRect();
      if (width > 0 && height > 0) setSize({ width, height });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
