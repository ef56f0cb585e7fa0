import { useRef, useState } from 'preact/hooks';
import { memo } from '../memo';
import { exact, plain } from '../numbers/format';
import { parseNumber } from '../numbers/parse';
import { dropDraft, edit, keepDraft } from '../state/network';
import { drafts } from '../state/store';
import { texts } from '../texts';
import { type Bounds, moved, pressed, stepOf } from './scrub';
import { useScrub } from './scrubbing';
import { messageId, messages } from './trouble';

interface Props {
  /** The number's place in the document. */
  pointer: string;
  /** `null` where it is left out. */
  value: number | null;
  label: string;
  /** Where on the page, as the same number may be typed in two places. */
  place?: 'build' | 'inspector';
  whole?: boolean;
  bounds?: Bounds;
  /** Nothing typed leaves it out. */
  optional?: boolean;
  /** The arrow keys are needed to go from cell to cell. */
  inSheet?: boolean;
  /** What a new number does, where it does more than take its place. */
  set?: (value: number | null) => void;
}

/** A number to type, drag or press: what parses is used at once, what does not is said beneath and kept. */
export const NumberField = memo((props: Props) => {
  const { pointer, value, label, place = 'build', whole = false, bounds = {}, optional, inSheet } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const wrong = messages.value.some(({ where }) => where === pointer);
  const text = value === null ? '' : exact(value);
  const set = (number: number | null) => {
    dropDraft(pointer);
    if (props.set) props.set(number);
    else void edit(pointer, number);
  };
  const onInput = (input: string) => {
    setTyped(input);
    const number = optional && input.trim() === '' ? null : parseNumber(input);
    if (number === null && !(optional && input.trim() === '')) keepDraft(pointer, input);
    else if (number !== value) set(number);
    else dropDraft(pointer);
  };
  /** By drag or key; a field that is typed in shows it in full. */
  const change = (next: number) => {
    if (typed !== null) setTyped(exact(next));
    set(next);
  };
  const scrub = useScrub({
    value: value ?? 0,
    whole,
    bounds,
    onMove: change,
    onPress: () => field.current?.focus(),
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (inSheet && !event.altKey && event.key.startsWith('Arrow')) return;
    // In a sheet Alt only tells the key from the one that goes on to the next cell.
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
      class="number-field"
      type="text"
      inputMode="decimal"
      autoComplete="off"
      spellcheck={false}
      value={typed ?? drafts.value[pointer] ?? (value === null ? '' : plain(value))}
      placeholder={optional ? texts.build.none : undefined}
      title={title(label, text || texts.build.none)}
      aria-label={label}
      aria-invalid={wrong}
      aria-describedby={wrong ? messageId(pointer) : undefined}
      data-pointer={pointer}
      data-value={text}
      {...scrub}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        // While it is edited the number is there in full, and what is typed takes its place: at once, because a key may
        // follow before the next frame.
        const full = drafts.value[pointer] ?? text;
        event.currentTarget.value = full;
        event.currentTarget.select();
        setTyped(full);
      }}
      onInput={(event) => onInput(event.currentTarget.value)}
      onBlur={() => setTyped(null)}
    />
  );
});
