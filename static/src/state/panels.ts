/** Which panels are folded away, and the lecture mode: all of them, with large numbers. */

import { computed, signal } from '@preact/signals';
import { listen } from './browser';
import { lecture } from './view';

export type PanelName = 'build' | 'inspector';

type Folded = Readonly<Record<PanelName, boolean>>;

const KEY = 'backprop-explorer.folded';
const NONE: Folded = { build: false, inspector: false };
const BOTH: Folded = { build: true, inspector: true };

/** As they are outside of a lecture, remembered between visits; and in one, which begins without any. */
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
    // Storage may be forbidden; then they are so as long as the page is open.
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

/** Whether the screen is the lecture's: it comes and goes later than it is asked for. */
let held = false;

/** Begins a lecture, or ends it. The whole screen belongs to it, where the browser allows that. */
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

/** The browser's own Escape leaves the full screen, and the lecture with it. */
export function keepLecture(): () => void {
  const changed = () => {
    if (document.fullscreenElement) {
      held = lecture.peek();
      // It came when the lecture was over already.
      if (!held) giveBack();
    } else if (held) {
      held = false;
      lecture.value = false;
    }
  };
  return listen(document, { fullscreenchange: changed });
}

/** A table on its way in: pasted, dropped or chosen, and shown before it is used. */

/** `null` in the place of the text or file: it is asked for. */
export interface Incoming {
  source: File | string | null;
}

export const incoming = signal<Incoming | null>(null);
