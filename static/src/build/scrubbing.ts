/** Dragging a number: pressing and moving sideways changes it, pressing alone lets one type. */

import { useRef } from 'preact/hooks';
import { type Bounds, moved, type Stride, stepOf, strideOf } from './scrub';

/** Pixels before a press is a drag. */
const THRESHOLD = 3;
/** Pixels for a step of a whole number; of others each pixel is one. */
const WHOLE = 8;

interface Drag {
  pointer: number;
  stride: Stride;
  /** Where this stride began, and with which number. */
  x: number;
  value: number;
  now: number;
  moving: boolean;
}

interface Options {
  value: number;
  whole?: boolean;
  bounds?: Bounds;
  /** Called for every move. */
  onMove: (value: number) => void;
  onPress: () => void;
}

/** What a number listens to. `now` is asked when it is pressed and moved. */
export function useScrub(now: () => Options) {
  const newest = useRef(now);
  newest.current = now;
  return useRef(scrubbing(() => newest.current())).current;
}

function scrubbing(options: () => Options) {
  let drag: Drag | null = null;
  let early = false;
  const typing = (event: Event) => document.activeElement === event.currentTarget;
  const onPointerMove = (event: PointerEvent) => {
    const own = drag;
    if (own?.pointer !== event.pointerId) return;
    const { whole = false, bounds, onMove } = options();
    if (!own.moving) {
      if (Math.abs(event.clientX - own.x) < THRESHOLD) return;
      own.moving = true;
      own.x = event.clientX;
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    }
    const stride = strideOf(event);
    if (stride !== own.stride) Object.assign(own, { stride, x: event.clientX, value: own.now });
    const steps = Math.round((event.clientX - own.x) / (whole ? WHOLE : 1));
    const next = moved(own.value, steps, stepOf(own.value, whole, stride), bounds);
    if (next === own.now) return;
    own.now = next;
    onMove(next);
  };
  return {
    onMouseDown: (event: MouseEvent) => {
      // A field that is pressed takes the focus only if it is not dragged.
      if (!typing(event)) event.preventDefault();
    },
    onPointerDown: (event: PointerEvent) => {
      // A second finger wants something else.
      drag = null;
      // In a field that is typed in, dragging selects text.
      if (event.button !== 0 || !event.isPrimary || typing(event)) return;
      const { pointerId: pointer, clientX: x } = event;
      const { value } = options();
      drag = { pointer, stride: strideOf(event), x, value, now: value, moving: false };
    },
    onPointerMove,
    /**
     * A move is told just before the next frame; where the browser also tells it at once, the service's answer may be in
     * that frame already. Once a frame is enough: a mouse may move a thousand times a second.
     */
    onPointerRawUpdate: (event: PointerEvent) => {
      if (!drag?.moving || early) return;
      early = true;
      requestAnimationFrame(() => {
        early = false;
      });
      onPointerMove(event);
    },
    onPointerUp: (event: PointerEvent) => {
      const own = drag;
      drag = null;
      if (own?.pointer === event.pointerId && !own.moving) options().onPress();
    },
    onPointerCancel: () => {
      drag = null;
    },
  };
}
