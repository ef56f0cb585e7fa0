/** Positions on the screen, which the document of the tests lacks: all elements have no size and are at its corner. */

import { afterEach, vi } from 'vitest';
import { measured } from '@/ui/useMeasured';

interface Box {
  left?: number;
  top?: number;
  width: number;
  height: number;
}

type Where = Box | ((of: Element) => Box);

/** For a test file: positions of the elements that selectors match, until the end of the test. */
export function withBoxes(): (boxes: Readonly<Record<string, Where>>) => void {
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return (boxes) => {
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
      const [, where] = Object.entries(boxes).find(([selector]) => this.matches(selector)) ?? [];
      const { left = 0, top = 0, width, height } = typeof where === 'function' ? where(this) : (where ?? NOWHERE);
      return { left, top, width, height, x: left, y: top, right: left + width, bottom: top + height } as DOMRect;
    });
    measured.now();
  };
}

const NOWHERE: Box = { width: 0, height: 0 };
