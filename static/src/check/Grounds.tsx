import type { CheckRow } from '../api/check';
import type { Sentence } from '../say';
import { texts } from '../texts';
import { SentenceText } from '../timeline/SentenceText';

const words = texts.check.grounds;
const part = (value: number) => ({ value, ref: null });

/** What a verdict rests on, in a sentence: the witness with its bound, or at a kink both limits, and the branch that is followed. */
export function Grounds({ of: row }: { of: CheckRow }) {
  return (
    <p class="aside grounds">
      <SentenceText of={sentence(row)} />
    </p>
  );
}

/** Whether a verdict rests on something else than the quotient at the chosen step, whose error it stands beside. */
export const restsElsewhere = ({ verdict, witness, estimate_epsilon: step }: CheckRow, epsilon: number): boolean =>
  verdict !== 'agrees' || witness !== 'quotient' || step !== epsilon;

function sentence({ analytic, verdict, witness, estimate, estimate_epsilon: step, bound, limits }: CheckRow): Sentence {
  const [told, within] = [part(analytic), part(bound)];
  if (limits) {
    const [left, right] = [part(limits[0]), part(limits[1])];
    if (witness === 'branch') return words.branch(left, right, part(step ?? 0), part(estimate ?? 0), told, within);
    return verdict === 'kink' ? words.kink(left, right, told, within) : words.outside(left, right, told);
  }
  if (verdict === 'undecided') return Number.isFinite(bound) ? words.undecided(within) : words.nothing();
  const exact = witness === 'complex_step';
  const by = exact ? words.complexStep : words.quotient(part(step ?? 0));
  const found = part(estimate ?? 0);
  if (verdict === 'agrees') return words.agrees(by, exact, found, within);
  return Number.isFinite(analytic) ? words.differs(by, exact, found, within) : words.noNumber(by, found);
}
