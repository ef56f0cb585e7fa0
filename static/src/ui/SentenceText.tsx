import type { Part, Sentence } from '../maths/sentences';
import { spoken } from '../maths/symbol';
import { select, setHover } from '../state/moves';
import { LinkButton } from './buttons';
import { hoverProps } from './highlight';
import { SymbolMath } from './MathML';
import { NumberText } from './NumberText';

interface Props {
  of: Sentence;
  /** Whether symbols link to their numbers. */
  leads?: boolean;
  /** For its numbers, if not the default of six digits. */
  precision?: number;
}

/** A sentence with symbols as formulas and numbers as digits; pointing at one highlights its place in the picture. */
export function SentenceText({ of, leads = false, precision }: Props) {
  return (
    <>
      {of.map((part, place) =>
        // Keyed by position: the parts of a sentence have no other identity.
        typeof part === 'string' ? part : <PartText key={place} part={part} leads={leads} precision={precision} />,
      )}
    </>
  );
}

function PartText({ part, leads, precision }: { part: Exclude<Part, string> } & Omit<Props, 'of'>) {
  const { ref } = part;
  const set =
    'symbol' in part ? (
      <SymbolMath of={part.symbol} />
    ) : (
      <NumberText value={part.value} of={ref} rounded={part.rounded} precision={precision} />
    );
  if (leads && 'symbol' in part && ref !== null) {
    return (
      <LinkButton aria-label={spoken(part.symbol)} title={ref} onClick={() => select(ref)} {...hoverProps(ref)}>
        {set}
      </LinkButton>
    );
  }
  return (
    <span class="sentence-number" onPointerEnter={() => setHover(ref ? [ref] : [])} onPointerLeave={() => setHover([])}>
      {set}
    </span>
  );
}
