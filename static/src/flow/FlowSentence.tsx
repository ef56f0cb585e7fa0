import { SymbolMath } from '../maths/MathML';
import { spoken } from '../maths/symbol';
import { NumberText } from '../numbers/NumberText';
import type { Part, Sentence } from '../say';
import { light, select } from '../state/moves';

/** A sentence of the strip: units lead to their outputs, and how many times something is more is rounded. */
export function FlowSentence({ of }: { of: Sentence }) {
  return (
    <>
      {of.map((part, place) => (
        // Keyed by place: the parts of a sentence have no other identity.
        <PartText key={place} part={part} />
      ))}
    </>
  );
}

const ROUNDED = 2;

function PartText({ part }: { part: Part }) {
  if (typeof part === 'string') return <>{part}</>;
  if ('value' in part) return <NumberText value={part.value} precision={ROUNDED} />;
  const { symbol, ref } = part;
  if (ref === null) return <SymbolMath of={symbol} />;
  return (
    <button
      type="button"
      class="link"
      aria-label={spoken(symbol)}
      title={ref}
      onClick={() => select(ref)}
      onPointerEnter={() => light([ref])}
      onPointerLeave={() => light([])}
      onFocus={() => light([ref])}
      onBlur={() => light([])}
    >
      <SymbolMath of={symbol} />
    </button>
  );
}
