import type { CheckRow } from '../api/questions';
import type { Verdict as Kind } from '../api/types';
import type { Sentence } from '../maths/sentences';
import { texts } from '../texts';
import { Sign } from './buttons';
import { SentenceText } from './SentenceText';

/** ✓, ✗, a corner for a kink, a wave for undecided: they differ in shape. */
const MARKS: Record<Kind, string> = {
  agrees: 'M3 8.5l3.5 3.5L13 4.5',
  differs: 'M4 4l8 8M12 4l-8 8',
  kink: 'M2 4h6l5 9',
  undecided: 'M2 9c2-4 4-4 6 0s4 4 6 0',
};

/** A verdict as a shape and a word; with `written`, agreement has its word, too. */
export function Verdict({ of, written = false }: { of: Kind; written?: boolean }) {
  return (
    <span class={`verdict-mark ${of}`}>
      <Sign d={MARKS[of]} />
      <span class={of === 'agrees' && !written ? 'visually-hidden' : 'word'}>{texts.verdicts.names[of]}</span>
    </span>
  );
}

const words = texts.verdicts.grounds;
const part = (value: number) => ({ value, ref: null });

/** The reason for a verdict: the reference with its bound, or at a kink both limits and the branch in use. */
export function Grounds({ of: row }: { of: CheckRow }) {
  return (
    <p class="aside grounds">
      <SentenceText of={sentence(row)} />
    </p>
  );
}

/** Whether a verdict is not based on the quotient at the chosen step, whose error is shown beside it. */
export const restsElsewhere = ({ verdict, witness, estimate_epsilon: step }: CheckRow, epsilon: number): boolean =>
  verdict !== 'agrees' || witness !== 'quotient' || step !== epsilon;

function sentence({ analytic, verdict, witness, estimate, estimate_epsilon: step, bound, limits }: CheckRow): Sentence {
  const [backward, within] = [part(analytic), part(bound)];
  if (limits) {
    const [left, right] = [part(limits[0]), part(limits[1])];
    if (witness === 'branch') return words.branch(left, right, part(step ?? 0), part(estimate ?? 0), backward, within);
    return verdict === 'kink' ? words.kink(left, right, backward, within) : words.outside(left, right, backward);
  }
  if (verdict === 'undecided') return Number.isFinite(bound) ? words.undecided(within) : words.nothing();
  const exact = witness === 'complex_step';
  const by = exact ? words.complexStep : words.quotient(part(step ?? 0));
  const found = part(estimate ?? 0);
  if (verdict === 'agrees') return words.agrees(by, exact, found, within);
  return Number.isFinite(analytic) ? words.differs(by, exact, found, within) : words.noNumber(by, found);
}
