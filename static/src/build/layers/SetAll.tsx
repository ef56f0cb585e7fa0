import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Tensor } from '../../model/lookup';
import { plain } from '../../numbers/format';
import { dropDraft, edit } from '../../state/network';
import { drafts } from '../../state/store';
import { texts } from '../../texts';
import { PlainButton } from '../../ui/buttons';
import { isEitherWay, type Reading, readMatrix, type Shape, turned, written } from './matrix-text';
import './set-all.css';

const words = texts.build.setAll;

/** The preview shows this many rows. */
const ROWS = 6;
const COLUMNS = 6;

interface Props {
  pointer: string;
  label: string;
  expected: Shape;
  /** The current numbers, shown at first. */
  now: Tensor;
  /** Text that was pasted into one of the fields and did not fit there. */
  pasted: string | undefined;
  onDone: () => void;
}

/** Sets all numbers of a parameter from a text; a preview shows the result first. */
export function SetAll({ pointer, label, expected, now, pasted, onDone }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => pasted ?? written(now));
  /** The orientation of a square matrix; for a pasted one the user is asked. */
  const [way, setWay] = useState<'here' | 'turned' | null>(pasted === undefined ? 'here' : null);
  useEffect(() => {
    dialog.current?.showModal();
    field.current?.select();
  }, []);
  const reading = readMatrix(text, expected);
  const read = reading.kind === 'fits' || reading.kind === 'turned' ? reading.value : null;
  const either = read !== null && reading.kind === 'fits' && isEitherWay(read, expected);
  const value = read === null || !either || way === 'here' ? read : way === 'turned' ? turned(read) : null;
  const use = () => {
    if (value === null) return;
    for (const place of Object.keys(drafts.peek())) if (place.startsWith(`${pointer}/`)) dropDraft(place);
    void edit(pointer, value);
    dialog.current?.close();
  };
  const wrong = reading.kind !== 'fits' && reading.kind !== 'empty';
  return (
    <dialog ref={dialog} class="set-all" aria-labelledby={`${id}-title`} onClose={onDone}>
      <h2 id={`${id}-title`}>{words.title}</h2>
      <p class="of">{words.of(label, expected)}</p>
      <textarea
        ref={field}
        aria-label={words.label}
        aria-describedby={`${id}-reading`}
        aria-invalid={wrong}
        rows={6}
        spellcheck={false}
        value={text}
        onPaste={() => setWay(null)}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <p class="hint">{words.hint}</p>
      <p id={`${id}-reading`} aria-live="polite" class={wrong ? 'message' : 'reading'}>
        {sayReading(reading, expected)}
      </p>
      {either && (
        <fieldset class="which-way">
          <legend>{words.which}</legend>
          {(['here', 'turned'] as const).map((one) => (
            <label key={one}>
              <input type="radio" name={`${id}-way`} checked={way === one} onChange={() => setWay(one)} />
              <span>{words.ways[one]}</span>
            </label>
          ))}
        </fieldset>
      )}
      {value !== null && <Preview of={value} />}
      <div class="dialog-actions">
        <button type="button" class="primary" disabled={value === null} onClick={use}>
          {reading.kind === 'turned' ? words.turn : words.use}
        </button>
        <PlainButton onClick={() => dialog.current?.close()}>{words.cancel}</PlainButton>
      </div>
    </dialog>
  );
}

function sayReading(reading: Reading, expected: Shape): string {
  const { readings } = words;
  switch (reading.kind) {
    case 'fits':
      return readings.fits(expected);
    case 'turned':
      return readings.turned(reading.shape, expected);
    case 'other':
      return readings.other(reading.shape, expected);
    case 'number':
      return readings.number(reading.text);
    default:
      return readings[reading.kind];
  }
}

function Preview({ of }: { of: Tensor }) {
  const rows = rowsOf(of);
  const more = rows.length > ROWS;
  return (
    <table class="preview" aria-label={words.now}>
      <tbody>
        {rows.slice(0, ROWS).map((row, j) => (
          <tr key={j}>
            {row.slice(0, COLUMNS).map((value, k) => (
              <td key={k}>{plain(value)}</td>
            ))}
            {row.length > COLUMNS && <td>…</td>}
          </tr>
        ))}
        {more && (
          <tr>
            <td>…</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** Flattens all axes but the last into rows. */
function rowsOf(value: Tensor): number[][] {
  if (!Array.isArray(value)) return [[value as number]];
  return Array.isArray(value[0]) ? (value as Tensor[]).flatMap(rowsOf) : [value as number[]];
}
