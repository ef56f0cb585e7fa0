import { SymbolMath } from '../maths/MathML';
import { NumberText } from '../numbers/NumberText';
import type { Part, Sentence } from '../say';
import { light } from '../state/moves';

/** A sentence as it is set: symbols as formulas, numbers in figures; pointing at one lights up where it lives. */
export function SentenceText({ of }: { of: Sentence }) {
  return (
    <>
      {of.map((part, place) =>
        // Keyed by place: the parts of a sentence have no other identity.
        typeof part === 'string' ? part : <PartText key={place} part={part} />,
      )}
    </>
  );
}

function PartText({ part }: { part: Exclude<Part, string> }) {
  const point =
    (...refs: string[]) =>
    () =>
      light(refs);
  return (
    <span class="told" onPointerEnter={point(...(part.ref ? [part.ref] : []))} onPointerLeave={point()}>
      {'symbol' in part ? <SymbolMath of={part.symbol} /> : <NumberText value={part.value} of={part.ref} />}
    </span>
  );
}
