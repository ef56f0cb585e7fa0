import { useLayoutEffect, useRef } from 'preact/hooks';
import { spoken } from '../maths/symbol';
import { getAt } from '../model/json';
import { symbolOf } from '../model/refs';
import { drafts, network, trace } from '../state/store';
import { historyKey } from '../state/undo';
import { SymbolMath } from '../ui/MathML';
import { Messages } from '../ui/Messages';
import { NumberField } from '../ui/NumberField';
import { useMeasured } from '../ui/useMeasured';
import { handled, isOpen, setOpen } from './handling';
import { placed } from './view';
import { view } from './zoom';

interface Place {
  x: number;
  y: number;
  size: number;
  /** Whether the number itself is seen there; else another one may be, and the field says which it is. */
  shown: boolean;
  /** How far a message beneath it is moved, so that all of it is in the frame. */
  aside: number;
}

/** Half of the field's width, and the least from it to the frame. */
const HALF = 56;
/** Half of what a message takes. */
const MESSAGE = 138;
const TYPE = { least: 14, most: 26 };

/** A field in the place of the number that is typed. */
export function FieldHere() {
  const box = useRef<HTMLDivElement>(null);
  const wasWrong = useRef(false);
  const { pointer, ref, part } = handled.value ?? { pointer: '', ref: '', part: '' };
  // Whatever moves the picture moves it too.
  void view.value;
  void placed.value;
  const [place] = useMeasured<HTMLDivElement, Place | null>(box, (element) => placeOf(element, ref, part), null);
  const waits = isOpen.value;
  useLayoutEffect(() => {
    // What helps, beneath it, may have the focus too.
    if (waits && !box.current?.contains(document.activeElement))
      box.current?.querySelector('input')?.focus({ preventScroll: true });
  }, [waits, pointer]);
  const value = getAt(network.value, pointer);
  const shown = trace.value;
  if (!handled.value || typeof value !== 'number' || !shown) return null;
  const symbol = symbolOf(shown, ref);
  const isWrong = () => pointer in drafts.peek();
  const leave = () => {
    const focused = document.activeElement;
    setOpen(false);
    // By keyboard one goes on from where one was.
    if (box.current?.contains(focused))
      document.querySelector<SVGElement>(`[data-part="${CSS.escape(part)}"]`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the field within.
    <div
      ref={box}
      class="field-here hands"
      style={{
        left: `${place?.x ?? 0}px`,
        top: `${place?.y ?? 0}px`,
        '--size': `${place?.size ?? TYPE.least}px`,
        '--aside': `${place?.aside ?? 0}px`,
      }}
      onKeyDownCapture={() => {
        wasWrong.current = isWrong();
      }}
      onKeyDown={(event) => {
        // Undo and redo are the page's also here.
        if (!historyKey(event)) event.stopPropagation();
        // A text that is no number is taken back first.
        if (event.key === 'Escape' ? !wasWrong.current : event.key === 'Enter' && !isWrong()) leave();
      }}
      onFocusIn={() => setOpen(true)}
      onFocusOut={() => setOpen(false)}
    >
      <span class="field-line">
        {place && !place.shown && <SymbolMath of={symbol} />}
        <NumberField key={pointer} pointer={pointer} value={value} label={spoken(symbol)} place="picture" />
      </span>
      <Messages at={(where) => where === pointer} place="picture" />
    </div>
  );
}

/** Where the number stands, or else the part that it belongs to, in the frame of the picture. */
function placeOf(element: HTMLElement, ref: string, part: string): Place | null {
  const frame = element.parentElement;
  const number = frame?.querySelector(`[data-ref="${CSS.escape(ref)}"]`);
  const found = number ?? frame?.querySelector(`[data-part="${CSS.escape(part)}"]`);
  if (!frame || !found) return null;
  const [outer, inner] = [frame.getBoundingClientRect(), found.getBoundingClientRect()];
  const middle = { x: inner.left + inner.width / 2 - outer.left, y: inner.top + inner.height / 2 - outer.top };
  const within = (at: number, half: number, all: number) => Math.min(Math.max(at, half), Math.max(half, all - half));
  const x = within(middle.x, HALF, outer.width);
  return {
    x,
    y: within(middle.y, TYPE.most, outer.height),
    aside: within(x, MESSAGE, outer.width) - x,
    size: number ? Math.min(TYPE.most, Math.max(TYPE.least, 0.8 * inner.height)) : TYPE.least,
    shown: number !== null && number !== undefined,
  };
}
