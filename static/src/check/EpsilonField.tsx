import { useState } from 'preact/hooks';
import { draft, epsilon, keepDraft, setEpsilon, USUAL } from '../state/check';
import { texts } from '../texts';
import { SentenceText } from '../timeline/SentenceText';
import { parseEpsilon, writeEpsilon } from './epsilon';
import { Epsilon, Power } from './marks';

const words = texts.check.epsilon;
const MESSAGE = 'epsilon-message';

const PRESETS = [
  { value: USUAL, figures: <Power of={Math.log10(USUAL)} />, name: words.usual, title: words.usualTitle },
  { value: 0.01, figures: '0.01', name: words.chapter, title: words.chapterTitle },
];

/** The step ε to type: what can be used is used at once, what cannot is said beneath and kept. */
export function EpsilonField() {
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = draft.value === null ? null : parseEpsilon(draft.value);
  const message = wrong && 'wrong' in wrong ? words.wrong[wrong.wrong](draft.value ?? '') : null;
  const onInput = (text: string) => {
    setTyped(text);
    const parsed = parseEpsilon(text);
    if ('wrong' in parsed) keepDraft(text);
    else setEpsilon(parsed.value);
  };
  return (
    <div class="epsilon">
      <div class="epsilon-line">
        <label title={words.title}>
          <span aria-hidden="true">
            {words.before} <Epsilon /> =
          </span>
          <span class="visually-hidden">{words.label}</span>
          <input
            class="number-field"
            type="text"
            inputMode="decimal"
            autoComplete="off"
            spellcheck={false}
            value={typed ?? draft.value ?? writeEpsilon(epsilon.value)}
            aria-invalid={message !== null}
            aria-describedby={message === null ? undefined : MESSAGE}
            onFocus={(event) => event.currentTarget.select()}
            onInput={(event) => onInput(event.currentTarget.value)}
            onBlur={() => setTyped(null)}
          />
        </label>
        <fieldset class="presets">
          <legend class="visually-hidden">{words.presets}</legend>
          {PRESETS.map(({ value, figures, name, title }) => (
            <button
              key={name}
              type="button"
              title={title}
              aria-pressed={draft.value === null && epsilon.value === value}
              onClick={() => setEpsilon(value)}
            >
              {figures} · {name}
            </button>
          ))}
        </fieldset>
      </div>
      <div role="alert" class="messages">
        {message !== null && (
          <p id={MESSAGE} class="message">
            {message} <SentenceText of={words.keeping({ value: epsilon.value, ref: null })} />
          </p>
        )}
      </div>
    </div>
  );
}
