/** Changing a number by dragging or by key: the size of a step, so that numbers of any size can be reached. */

import { useRef } from 'preact/hooks';

type Stride = 'fine' | 'usual' | 'coarse';

const STRIDES: Readonly<Record<Stride, number>> = { fine: 0.1, usual: 1, coarse: 10 };

/** Hundredths for numbers near 1, and as many significant digits for others; whole numbers one by one. */
export function stepOf(value: number, whole: boolean, stride: Stride = 'usual'): number {
  if (whole) return stride === 'coarse' ? 10 : 1;
  const size = Math.abs(value);
  const power = size === 0 || !Number.isFinite(size) ? -2 : Math.floor(Math.log10(size));
  const usual = size >= 0.1 ? Math.max(0, power) - 2 : size === 0 ? -2 : power - 1;
  return 10 ** (usual + Math.log10(STRIDES[stride]));
}

export interface Bounds {
  least?: number;
  most?: number;
  openBelow?: boolean;
  openAbove?: boolean;
}

/** Moves a value by a number of steps, on the grid of the steps: a dragged number has few digits. */
export function moved(value: number, steps: number, step: number, bounds: Bounds = {}): number {
  if (steps === 0) return value;
  const decimals = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const target = Number((Math.round(value / step + steps) * step).toFixed(Math.min(100, decimals)));
  return within(target, value, step, bounds);
}

/** Stops at a bound; if the bound itself is excluded, one step before it, or at the current value. */
function within(target: number, value: number, step: number, bounds: Bounds): number {
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY, openBelow, openAbove } = bounds;
  if (openBelow ? target <= least : target < least) return openBelow ? Math.min(value, least + step) : least;
  if (openAbove ? target >= most : target > most) return openAbove ? Math.max(value, most - step) : most;
  // Never a negative zero.
  return target === 0 ? 0 : target;
}

/** Held while dragging or pressing. */
function strideOf(event: { shiftKey: boolean; altKey: boolean; ctrlKey: boolean }): Stride {
  if (event.shiftKey) return 'fine';
  return event.altKey || event.ctrlKey ? 'coarse' : 'usual';
}

/** The effect of a key on a number: the number of steps and their size; `null` if it has none. */
export function pressed(event: {
  key: string;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey: boolean;
}): { steps: 1 | -1; stride: Stride } | null {
  const steps = ({ ArrowUp: 1, ArrowDown: -1, PageUp: 1, PageDown: -1 } as const)[event.key];
  if (steps === undefined) return null;
  return { steps, stride: event.key.startsWith('Page') ? 'coarse' : strideOf(event) };
}

/** Dragging a number: a press with a horizontal move changes it, a press alone starts editing. */

/** The distance in pixels from which a press is a drag. */
const THRESHOLD = 3;
/** Pixels per step for a whole number; for others each pixel is one step. */
const WHOLE = 8;

interface Drag {
  pointer: number;
  stride: Stride;
  /** The start of the current stride: its position and its number. */
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

/** The handlers of a number. `now` is read when it is pressed and moved. */
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
      // A pressed field takes the focus only if it is not dragged.
      if (!typing(event)) event.preventDefault();
    },
    onPointerDown: (event: PointerEvent) => {
      // A second finger starts another gesture.
      drag = null;
      // In a field that is being edited, dragging selects text.
      if (event.button !== 0 || !event.isPrimary || typing(event)) return;
      const { pointerId: pointer, clientX: x } = event;
      const { value } = options();
      drag = { pointer, stride: strideOf(event), x, value, now: value, moving: false };
    },
    onPointerMove,
    /**
     * A pointer move is dispatched just before the next frame; if the browser also dispatches it at once, the answer
     * may arrive for that frame. Once per frame is enough: a mouse may move a thousand times a second.
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
