import { useState } from 'preact/hooks';
import { parseNumber } from '../numbers/format';
import { check } from '../texts/check';
import { SentenceText } from '../ui/SentenceText';
import { Epsilon, Power } from './marks';
import { draft, epsilon, keepDraft, setEpsilon, USUAL } from './state';

const words = check.epsilon;
const MESSAGE = 'epsilon-message';

const PRESETS = [
  { value: USUAL, figures: <Power of={Math.log10(USUAL)} />, name: words.usual, title: words.usualTitle },
  { value: 0.01, figures: '0.01', name: words.chapter, title: words.chapterTitle },
];

/** The field for the step ε: a valid value is used at once, an invalid one is kept with an error beneath. */
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

/** Reads the step ε as people write it: 1e-5, 0.01, 0,01, 10^-5, 10⁻⁵, 2·10^-3, 1/100. */

/** Below this, rounding hides the difference of the losses; above, the step is not small. The service's limits. */
const LEAST = 1e-12;
const MOST = 1;

type Typed = { value: number } | { wrong: 'number' | 'positive' | 'small' | 'large' };

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const POWER = /^(?:([\d.,]+)\s*[·×*]\s*)?10\s*(?:\^|\*\*)\s*\(?\s*([+-]?\d+)\s*\)?$/;

export function parseEpsilon(text: string): Typed {
  const value = parsePower(text) ?? parseNumber(text);
  if (value === null) return { wrong: 'number' };
  if (value <= 0) return { wrong: 'positive' };
  if (value < LEAST) return { wrong: 'small' };
  return value > MOST ? { wrong: 'large' } : { value };
}

/** Parsed as one decimal: 2·10^-5 is exactly 2e-5, while a product of the two would have a rounding error. */
function parsePower(text: string): number | null {
  const [, factor = '1', exponent] = POWER.exec(lowered(text.trim())) ?? [];
  return exponent === undefined ? null : parseNumber(`${factor}e${exponent}`);
}

/** 10⁻⁵ as 10^-5, with plain minus signs. */
function lowered(text: string): string {
  return text
    .replace(/[−–⁻]/g, '-')
    .replace(/(?<=10)(?=-?[⁰¹²³⁴⁵⁶⁷⁸⁹])/, '^')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit)));
}

/** ε as a field shows it: as a decimal if that is short, and otherwise as a power of ten. */
export function writeEpsilon(value: number): string {
  return value >= 1e-3 ? String(value) : value.toExponential().replace('+', '');
}
