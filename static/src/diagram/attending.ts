/** Which column of the picture is pointed at or has the focus: what can be done there stands above it, and is loaded then. */

import { computed, signal } from '@preact/signals';
import { listen } from '../state/browser';
import { placed } from './view';
import { view } from './zoom';

const pointed = signal<number | null>(null);
const focused = signal<number | null>(null);
export const attended = computed(() => pointed.value ?? focused.value);

/** Follows the pointer and the focus from column to column. */
export function attend(picture: HTMLElement): () => void {
  const isTool = ({ target }: Event) => (target as Element).closest('.column-tools') !== null;
  const follow = (event: PointerEvent) => {
    if (isTool(event) || (event.type === 'pointermove' && event.buttons !== 0)) return;
    pointed.value = columnAt(event.clientX - picture.getBoundingClientRect().left);
  };
  const leave = ({ pointerType }: PointerEvent) => {
    // A finger is gone once it has tapped.
    if (pointerType !== 'touch') pointed.value = null;
  };
  const enter = (event: FocusEvent) => {
    if (isTool(event)) focused.value = attended.peek();
    else focused.value = columnOf((event.target as Element).closest<SVGElement>('[data-part]')?.dataset.part);
  };
  const exit = ({ relatedTarget }: FocusEvent) => {
    if (!picture.contains(relatedTarget as Node | null)) focused.value = null;
  };
  const end = listen(picture, {
    pointermove: follow,
    pointerdown: follow,
    pointerleave: leave,
    focusin: enter,
    focusout: exit,
  });
  return () => {
    end();
    pointed.value = focused.value = null;
  };
}

/** The column that a place of the picture is at, so far from its left side on the screen. */
function columnAt(left: number): number | null {
  const { x, scale } = view.peek();
  const { gap, nodes } = placed.peek();
  const place = (left - x) / scale;
  return nodes.find((one) => Math.abs(place - one.x) <= gap / 2)?.node.layer ?? null;
}

/** The column of a part: a line belongs to the unit that it leads to. */
function columnOf(part: string | undefined): number | null {
  const { nodes, edges } = placed.peek();
  const id = edges.find(({ edge }) => edge.id === part)?.edge.target ?? part;
  return nodes.find(({ node }) => node.id === id)?.node.layer ?? null;
}
