import { SymbolMath } from '../maths/MathML';
import { NumberText } from '../numbers/NumberText';
import type { Sentence } from '../say';

/** What was done, as it is set: symbols as formulas, numbers in figures. */
export function TitleText({ of }: { of: Sentence }) {
  return (
    <span class="title">
      {of.map((part, place) => {
        if (typeof part === 'string') return part;
        // The parts of a sentence have no other identity than their place.
        return 'symbol' in part ? (
          <SymbolMath key={place} of={part.symbol} />
        ) : (
          <NumberText key={place} value={part.value} />
        );
      })}
    </span>
  );
}
