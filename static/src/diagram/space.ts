/** The room that the page has for the picture, and how large numbers have to be in it. */

import { computed, signal } from '@preact/signals';
import type { Size } from '../size';
import { lecture } from '../state/view';
import { LEGIBLE } from './plan';
import type { Room } from './room';

const frame = signal<Size>({ width: 700, height: 480 });
const bar = signal<Size | null>(null);
const foot = signal<Foot | null>(null);

/** What the legend took at most, with type of this size in a frame of this width. */
interface Foot extends Size {
  legible: number;
}

export const space = computed<Room>(() => ({
  ...frame.value,
  ...(bar.value && { bar: bar.value }),
  ...(foot.value && { foot: foot.value.height }),
}));

// As wide as a phone's window at the most, which nobody looks at from afar.
const NARROW = 720;

/** The least height of type, in CSS pixels. */
export const legible = computed(() => (lecture.value && frame.value.width > NARROW ? LEGIBLE.lecture : LEGIBLE.usual));

export function setFrame(room: Size): void {
  frame.value = room;
}

/** What the controls take, from the corner of the frame. */
export function setBar(room: Size | null): void {
  bar.value = room;
}

/** What the legend takes, from below. Its words change with the step; the picture stays as it is where they need less. */
export function setFoot({ width, height }: Size): void {
  const before = foot.peek();
  const known = before?.width === width && before.legible === legible.peek() ? before.height : 0;
  if (height > known) foot.value = { width, height, legible: legible.peek() };
}
