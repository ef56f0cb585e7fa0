import type { CheckRow } from '../api/check';
import { texts } from '../texts';
import { SentenceText } from '../timeline/SentenceText';

const words = texts.check.grounds;
const part = (value: number) => ({ value, ref: null });

/** What a verdict rests on, in a sentence: the witness with its bound, or at a kink both limits. */
export function Grounds({ of: row }: { of: CheckRow }) {
  return (
    <p class="aside grounds">
      <SentenceText of={sentence(row)} />
    </p>
  );
}

function sentence({ analytic, verdict, witness, estimate, estimate_epsilon: step, bound, limits }: CheckRow) {
  if (limits)
    return (verdict === 'kink' ? words.kink : words.outside)(part(limits[0]), part(limits[1]), part(analytic));
  if (verdict === 'undecided') return Number.isFinite(bound) ? words.undecided(part(bound)) : words.nothing();
  const by = witness === 'complex_step' ? words.complexStep : words.quotient(part(step ?? 0));
  return words.decided(by, part(estimate ?? 0), part(bound));
}
