import { useState } from 'preact/hooks';
import { exact, plain } from '../numbers/format';
import { parseNumber } from '../numbers/parse';
import { dropDraft, edit, keepDraft } from '../state/network';
import { drafts } from '../state/store';
import { texts } from '../texts';
import { messageId, messages } from './trouble';

interface Props {
  /** The number's place in the document. */
  pointer: string;
  value: number;
  label: string;
  /** Where on the page, as the same number may be typed in two places. */
  place?: 'build' | 'inspector';
}

/** A number to type: what parses is used at once, what does not is said beneath and kept. */
export function NumberField({ pointer, value, label, place = 'build' }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = messages.value.some(({ where }) => where === pointer);
  const onInput = (text: string) => {
    setTyped(text);
    const number = parseNumber(text);
    if (number === null) keepDraft(pointer, text);
    else if (number !== value) void edit(pointer, number);
    else dropDraft(pointer);
  };
  return (
    <input
      id={`${place}${pointer}`}
      class="number-field"
      type="text"
      inputMode="decimal"
      autoComplete="off"
      spellcheck={false}
      value={typed ?? drafts.value[pointer] ?? plain(value)}
      title={texts.build.fieldTitle(label, exact(value))}
      aria-label={label}
      aria-invalid={wrong}
      aria-describedby={wrong ? messageId(pointer) : undefined}
      data-pointer={pointer}
      data-value={exact(value)}
      onFocus={(event) => {
        // While it is edited the number is there in full.
        setTyped(drafts.value[pointer] ?? exact(value));
        const field = event.currentTarget;
        requestAnimationFrame(() => {
          // Selecting would take the focus back if it has already gone on.
          if (document.activeElement === field) field.select();
        });
      }}
      onInput={(event) => onInput(event.currentTarget.value)}
      onBlur={() => setTyped(null)}
    />
  );
}
