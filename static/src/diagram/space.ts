/** The room that the page has for the picture, and how large numbers have to be in it. */

import { computed, signal } from '@preact/signals';
import type { Size } from '../size';
import { lecture } from '../state/view';
import { LEGIBLE } from './plan';
import type { Room } from './room';

const frame = signal<Size>({ width: 700, height: 480 });
const bar = signal<Size | null>(null);

export const space = computed<Room>(() => ({ ...frame.value, ...(bar.value && { bar: bar.value }) }));

/** The least height of type, in CSS pixels. */
export const legible = computed(() => (lecture.value ? LEGIBLE.lecture : LEGIBLE.usual));

export function setFrame(room: Size): void {
  frame.value = room;
}

/** What the controls take, from the corner of the frame. */
export function setBar(room: Size | null): void {
  bar.value = room;
}
