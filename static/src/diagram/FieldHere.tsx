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
  /** Whether the number itself is visible there; otherwise the field names it. */
  shown: boolean;
  /** The horizontal shift of a message below it that keeps the message inside the frame. */
  aside: number;
}

/** Half of the field's width, and its least distance from the frame. */
const HALF = 56;
/** Half of the width of a message. */
const MESSAGE = 138;
const TYPE = { least: 14, most: 26 };

/** A field in the place of the number that is edited. */
export function FieldHere() {
  const box = useRef<HTMLDivElement>(null);
  const wasWrong = useRef(false);
  const { pointer, ref, part } = handled.value ?? { pointer: '', ref: '', part: '' };
  // Reading the view makes the field move with the picture.
  void view.value;
  void placed.value;
  const [place] = useMeasured<HTMLDivElement, Place | null>(box, (element) => placeOf(element, ref, part), null);
  const waits = isOpen.value;
  useLayoutEffect(() => {
    // The remedy below the field may have the focus too.
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
    // With the keyboard, the focus returns to its previous element.
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
        // Undo and redo act on the page here too.
        if (!historyKey(event)) event.stopPropagation();
        // A text that is not a number is discarded first.
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

/** The position of the number or, if it is not shown, of its part, in the frame of the picture. */
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
