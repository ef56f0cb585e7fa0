import { useLayoutEffect, useRef } from 'preact/hooks';
import type { CheckRow } from '../api/questions';
import { el, FIXED, INFIX, type MathElement, mi, mn, mo, row, withAttributes } from '../maths/markup';
import { powerOfTen, typesetLoss, typesetNumber, typesetSymbol } from '../maths/typeset-leaf';
import type { Subject } from '../model/subject';
import { DIGITS, superscript } from '../numbers/format';
import { checkable, checked, epsilon, setEpsilon, toggleCheck } from '../state/checking';
import { trace } from '../state/store';
import { texts } from '../texts';
import { LinkButton } from '../ui/buttons';
import { Select } from '../ui/choices';
import { Grounds, restsElsewhere, Verdict } from '../ui/Grounds';
import { MathML } from '../ui/MathML';
import { NumberText } from '../ui/NumberText';
import { LocalizedText } from '../ui/notes';
import { scrollIntoSight } from '../ui/scrolling';
import './numeric.css';

const words = texts.inspector.check;
const EPSILONS = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7];
const exponentOf = (epsilon: number): number => Math.round(Math.log10(epsilon));

interface Props {
  subject: Subject;
  /** The symbol of the derivative; null if the subject has none. */
  symbol: string | null;
  /** Whether the backward pass has computed it. */
  known: boolean;
  /** The number of explanations above it: each one that arrives moves it down. */
  explained: number;
}

/** The derivative computed a second time, from two losses, without a backward pass. */
export function NumericCheck({ subject, symbol, known, explained }: Props) {
  const found = checked.value;
  const ref = checkable(subject);
  const open = found !== null && found.of === trace.value && found.ref === ref;
  const part = useRef<HTMLDivElement>(null);
  const hasResult = open && found.state !== 'waiting';
  useLayoutEffect(() => {
    if (hasResult && part.current) scrollIntoSight(part.current);
  }, [hasResult, explained]);
  if (symbol === null || !known) {
    const why = symbol === null ? words.nothing : words.early;
    return (
      <p class="waits" aria-live="polite">
        {open && why}
      </p>
    );
  }
  return (
    <div class="numeric-check" ref={part}>
      <LinkButton title={words.title} aria-expanded={open} onClick={toggleCheck}>
        {words.button}
      </LinkButton>{' '}
      <kbd>c</kbd>
      <div aria-live="polite">
        {open && found.state === 'none' && <p class="waits">{words.none}</p>}
        {open && found.state === 'failed' && (
          <p class="message">
            <LocalizedText text={found.detail} />
          </p>
        )}
        {open && found.state === 'found' && (
          <Found symbol={symbol} moved={subject.symbol} epsilon={found.epsilon} row={found.row} />
        )}
      </div>
    </div>
  );
}

interface FoundProps {
  symbol: string;
  /** The symbol of the number that is changed. */
  moved: string;
  epsilon: number;
  row: CheckRow;
}

function Found({ symbol, moved, epsilon: by, row: found }: FoundProps) {
  return (
    <>
      <div class="equation-grid">
        <MathML class="left" of={typesetSymbol(symbol, true)} />
        <Side sign="≈" parts={quotient(lossAt(moved, '+'), lossAt(moved, '−'), row(mn('2'), mi('ε')))} />
        <Side
          small
          parts={quotient(
            typesetLoss(found.right, by),
            typesetLoss(found.left, by),
            row(mn('2'), mo('·'), powerOfTen(exponentOf(by))),
          )}
        />
        <Side parts={typesetNumber(found.numeric, DIGITS, true)} />
      </div>
      <p class="numeric-verdict">
        <Verdict of={found.verdict} written />
        {words.backward} <NumberText value={found.analytic} fixed />
        {words.error} <NumberText value={found.relative_error} />
      </p>
      {restsElsewhere(found, by) && <Grounds of={found} />}
      <label class="numeric-step" title={words.epsilonTitle}>
        {words.epsilon}
        <Select
          value={String(epsilon.value)}
          options={EPSILONS.map((one) => ({ value: String(one), title: `10${superscript(exponentOf(one))}` }))}
          onChoose={(one) => setEpsilon(Number(one))}
        />
      </label>
    </>
  );
}

function Side({ sign = '=', parts, small = false }: { sign?: string; parts: MathElement; small?: boolean }) {
  return (
    <>
      <span class="equals">{sign}</span>
      <span class={small ? 'side losses' : 'side'}>
        <MathML of={parts} />
      </span>
    </>
  );
}

function lossAt(symbol: string, sign: string): MathElement {
  const moved = row(typesetSymbol(symbol), mo(sign, INFIX), mi('ε'));
  return row(mi('ℓ'), mo('(', FIXED), moved, mo(')', FIXED));
}

function quotient(right: MathElement, left: MathElement, width: MathElement): MathElement {
  // In display size, because the last digits matter.
  return withAttributes(el('mfrac', row(right, mo('−', INFIX), left), width), { displaystyle: 'true' });
}
