import { NOTATIONS, type Notation } from '../api/explanation';
import type { Shown } from '../state/explanations';
import { setNotation } from '../state/moves';
import { notation } from '../state/store';
import { texts } from '../texts';

const words = texts.inspector.notation;

/** How formulas are written. What the numbers shown have no form for cannot be chosen; a choice made before stays. */
export function NotationChoice({ of: { explanations } }: { of: Shown }) {
  const offered = new Set<Notation>([...explanations.values()].flatMap(({ notations }) => notations));
  if (offered.size < 2) return null;
  const chosen = offered.has(notation.value) ? notation.value : 'scalar';
  return (
    <fieldset class="choice notation">
      <legend class="visually-hidden">{words.legend}</legend>
      {NOTATIONS.map((one) => (
        <label key={one} title={offered.has(one) ? words.titles[one] : words.none}>
          <input
            type="radio"
            name="notation"
            value={one}
            checked={chosen === one}
            disabled={!offered.has(one)}
            onChange={() => setNotation(one)}
          />
          <span>{words.names[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}
