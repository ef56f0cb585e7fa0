import { computed, useComputed } from '@preact/signals';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Trace } from '../api/types';
import { pointerOf, refAt } from '../model/given';
import { truthRef, type VisibleGraph } from '../model/picture';
import { baseOf } from '../model/refs';
import { exact, parseNumber, plain } from '../numbers/format';
import { hoverPart, selection } from '../state/attention';
import { setHover } from '../state/moves';
import { dropDraft, edit, keepDraft } from '../state/network';
import { drafts, trace } from '../state/store';
import { endGesture } from '../state/undo';
import { visibleGraph } from '../state/visibleGraph';
import { texts } from '../texts';
import { messageId, messages } from './Messages';
import { memo } from './memo';
import { type Bounds, moved, pressed, stepOf, useScrub } from './scrub';

interface Props {
  /** The JSON pointer of the number in the document. */
  pointer: string;
  /** `null` if the document omits it. */
  value: number | null;
  label: string;
  /** The part of the page, because two parts may have a field for the same number. */
  place?: 'build' | 'inspector' | 'picture';
  whole?: boolean;
  bounds?: Bounds;
  /** An empty field omits it. */
  optional?: boolean;
  /** In a sheet the arrow keys move from cell to cell. */
  inSheet?: boolean;
  /** The effect of a new number, if it does more than replace the old one. */
  set?: (value: number | null) => void;
}

/** A number that can be typed, dragged or changed by keys: valid text is used at once, other text is kept. */
export const NumberField = memo((props: Props) => {
  const { pointer, value, label, place = 'build', whole = false, bounds = {}, optional, inSheet } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  /** The number at the start of the edit: Escape restores it. */
  const begun = useRef(value);
  const wrong = messages.value.some(({ where }) => where === pointer);
  const isMarked = useComputed(() => marked.value.has(pointer)).value;
  const text = value === null ? '' : exact(value);
  const read = (input: string) => (optional && input.trim() === '' ? null : (parseNumber(input) ?? undefined));
  // Valid text is shown as typed; a number that changed otherwise, by a paste or a button, is shown instead.
  const shown = drafts.value[pointer] ?? (typed !== null && read(typed) === value ? typed : null);
  // If it changed otherwise while it has the focus, for example by undo, a new edit starts with that number.
  useLayoutEffect(() => {
    if (typed === null || pointer in drafts.peek() || read(typed) === value) return;
    setTyped(text);
    begun.current = value;
  }, [value]);
  const set = (number: number | null) => {
    dropDraft(pointer);
    if (props.set) props.set(number);
    else void edit(pointer, number);
  };
  const onInput = (input: string) => {
    setTyped(input);
    const number = read(input);
    if (number === undefined) keepDraft(pointer, input);
    else if (number !== value) set(number);
    else dropDraft(pointer);
  };
  /** Highlights the number everywhere while it is pointed at or typed. */
  const lightUp = (on: boolean) => {
    const ref = on && trace.peek() ? refAt(trace.peek() as Trace, pointer) : null;
    setHover(ref ? [ref] : []);
  };
  /** Ends the edit: the next text is another change. */
  const keep = () => {
    endGesture();
    begun.current = value;
    field.current?.select();
  };
  /** Escape first discards invalid text, then the changes since the last Enter. */
  const giveUp = () => {
    const isDraft = pointer in drafts.peek();
    const back = isDraft ? value : begun.current;
    dropDraft(pointer);
    setTyped(back === null ? '' : exact(back));
    if (back !== value) set(back);
  };
  /** For dragging and keys; a field that is being edited shows the number in full. */
  const change = (next: number) => {
    if (typed !== null) setTyped(exact(next));
    set(next);
  };
  const scrub = useScrub(() => ({
    value: value ?? 0,
    whole,
    bounds,
    onMove: change,
    onPress: () => field.current?.focus(),
  }));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') keep();
    if (event.key === 'Escape') giveUp();
    if (inSheet && !event.altKey && event.key.startsWith('Arrow')) return;
    // In a sheet Alt only distinguishes the key from the one that moves to the next cell.
    const { key, shiftKey, ctrlKey } = event;
    const press = pressed({ key, shiftKey, ctrlKey, altKey: event.altKey && !inSheet });
    if (!press) return;
    event.preventDefault();
    const from = value ?? 0;
    change(moved(from, press.steps, stepOf(from, whole, press.stride), bounds));
  };
  const title = inSheet ? texts.build.cellTitle : texts.build.fieldTitle;
  return (
    <input
      ref={field}
      id={`${place}${pointer}`}
      class={isMarked ? 'number-field marked' : 'number-field'}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      spellcheck={false}
      value={shown ?? (value === null ? '' : typed === null ? plain(value) : text)}
      placeholder={optional ? texts.build.none : undefined}
      title={title(label, text || texts.build.none)}
      aria-label={label}
      aria-invalid={wrong}
      aria-describedby={wrong ? messageId(pointer, place) : undefined}
      data-pointer={pointer}
      data-value={text}
      {...scrub}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        // While it is edited, the field shows the full number, and typed text replaces it: at once, because a key may
        // follow before the next frame.
        const full = drafts.value[pointer] ?? text;
        event.currentTarget.value = full;
        event.currentTarget.select();
        setTyped(full);
        begun.current = value;
        lightUp(true);
      }}
      onPointerEnter={() => lightUp(true)}
      onPointerLeave={() => lightUp(typed !== null)}
      onInput={(event) => onInput(event.currentTarget.value)}
      onBlur={() => {
        setTyped(null);
        lightUp(false);
      }}
    />
  );
});

/** The fields of the numbers that are pointed at or selected in the picture, by JSON pointer. */

const marked = computed<ReadonlySet<string>>(() => {
  const trace = visibleGraph.value;
  const refs = [hoverPart.value && trace && refOf(trace, hoverPart.value), selection.value && baseOf(selection.value)];
  return new Set(refs.flatMap((ref) => (trace && ref ? (pointerOf(trace, ref) ?? []) : [])));
});

/** The number that a part of the picture shows. */
function refOf({ nodes, edges, sample }: VisibleGraph, part: string): string | null {
  const edge = edges?.find(({ id }) => id === part);
  if (edge) return edge.ref;
  const node = nodes?.find(({ id }) => id === part);
  if (node) return node.ref;
  const truth = /^truth-(\d+)$/.exec(part);
  return truth ? truthRef(sample, Number(truth[1])) : null;
}
