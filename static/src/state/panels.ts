/** Which panels are collapsed, and the lecture mode: all panels collapsed, with large numbers. */

import { computed, signal } from '@preact/signals';
import { listen } from './browser';
import { lecture } from './view';

export type PanelName = 'build' | 'inspector';

type Folded = Readonly<Record<PanelName, boolean>>;

const KEY = 'backprop-explorer.folded';
const NONE: Folded = { build: false, inspector: false };
const BOTH: Folded = { build: true, inspector: true };

/** The usual state, which is remembered between visits, and that of a lecture, which begins without panels. */
const usual = signal<Folded>(remembered());
const inLecture = signal<Folded>(BOTH);

export const folded = computed(() => (lecture.value ? inLecture.value : usual.value));

export function fold(panel: PanelName): void {
  const now = { ...folded.peek(), [panel]: !folded.peek()[panel] };
  if (lecture.peek()) inLecture.value = now;
  else keep(now);
}

function keep(now: Folded): void {
  usual.value = now;
  try {
    localStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the page.
  }
}

function remembered(): Folded {
  try {
    const { build, inspector } = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return { build: build === true, inspector: inspector === true };
  } catch {
    return NONE;
  }
}

/** Whether full screen is active; it changes later than it is requested. */
let held = false;

/** Begins or ends a lecture, in full screen if the browser allows it. */
export function toggleLecture(): void {
  lecture.value = !lecture.peek();
  held = false;
  if (lecture.peek()) {
    inLecture.value = BOTH;
    document.documentElement.requestFullscreen?.().catch(() => undefined);
  } else giveBack();
}

function giveBack(): void {
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
}

/** The browser's own Escape leaves full screen, and ends the lecture. */
export function keepLecture(): () => void {
  const changed = () => {
    if (document.fullscreenElement) {
      held = lecture.peek();
      // The lecture had already ended.
      if (!held) giveBack();
    } else if (held) {
      held = false;
      lecture.value = false;
    }
  };
  return listen(document, { fullscreenchange: changed });
}

/** A table to be imported: pasted, dropped or chosen, and shown before it is used. */

/** `null` instead of the text or file: the dialog requests it. */
export interface Incoming {
  source: File | string | null;
}

export const incoming = signal<Incoming | null>(null);
