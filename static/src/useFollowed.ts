/** What the current step works on is brought into view, moving no farther than it takes. */

import { useEffect } from 'preact/hooks';

const MARGIN = 12;

export function useFollowed(page: { current: HTMLElement | null }, id: string | null): void {
  useEffect(() => {
    const frame = page.current;
    const target = id === null ? null : frame?.querySelector(`[data-near="${CSS.escape(id)}"]`);
    if (!frame || !target) return;
    const [outer, inner] = [frame.getBoundingClientRect(), target.getBoundingClientRect()];
    const above = inner.top - MARGIN - outer.top;
    const below = inner.bottom + MARGIN - outer.bottom;
    const by = above < 0 ? above : Math.min(above, Math.max(0, below));
    // A jump: steps may follow each other faster than anything could glide.
    frame.scrollTop += by;
  }, [page, id]);
}
