/** What the picture of units has of its room. */

import { computed, signal } from '@preact/signals';
import type { Room, Size } from '../model/geometry';
import { frame, legible } from '../state/view';

const bar = signal<Bar | null>(null);
const foot = signal<Foot | null>(null);

/** What the controls took at most, of this network in a frame of this size. */
interface Bar extends Size {
  of: string;
}

/** What the legend took at most, with type of this size in a frame of this width. */
interface Foot extends Size {
  legible: number;
}

export const space = computed<Room>(() => ({
  ...frame.value,
  ...(bar.value && { bar: { width: bar.value.width, height: bar.value.height } }),
  ...(foot.value && { foot: foot.value.height }),
}));

/** What the controls take, from the corner of the frame. What of them comes and goes moves the picture once at the most. */
export function setBar({ width, height }: Size, opening: number): void {
  const of = [opening, frame.peek().width, frame.peek().height].join();
  const before = bar.peek();
  if (before?.of !== of) bar.value = { width, height, of };
  else if (width > before.width || height > before.height) {
    bar.value = { width: Math.max(width, before.width), height: Math.max(height, before.height), of };
  }
}

export function noBar(): void {
  bar.value = null;
}

/** What the legend takes, from below. Its words change with the step; the picture stays as it is where they need less. */
export function setFoot({ width, height }: Size): void {
  const before = foot.peek();
  const known = before?.width === width && before.legible === legible.peek() ? before.height : 0;
  if (height > known) foot.value = { width, height, legible: legible.peek() };
}
