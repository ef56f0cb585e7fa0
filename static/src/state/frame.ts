/** The room that the page has for the picture, and how large numbers have to be in it. */

import { computed, signal } from '@preact/signals';
import { LEGIBLE, type Size } from '../size';
import { lecture } from './view';

export const frame = signal<Size>({ width: 700, height: 480 });

// As wide as a phone's window at the most, which nobody looks at from afar.
const NARROW = 720;

/** Whether the picture is looked at from afar. */
export const fromAfar = computed(() => lecture.value && frame.value.width > NARROW);

/** The least height of type, in CSS pixels. */
export const legible = computed(() => (fromAfar.value ? LEGIBLE.lecture : LEGIBLE.usual));
