import type { CheckedRow } from '../api/check-one';
import { MathML } from '../maths/MathML';
import { el, type MathElement, mi, mn, mo, row, withAttributes } from '../maths/markup';
import { typesetNumber } from '../maths/typeset-number';
import { typesetSymbol } from '../maths/typeset-symbol';
import { NumberText } from '../numbers/NumberText';
import { Select } from '../page/Select';
import { checkable, checked, epsilon, setEpsilon, toggleCheck } from '../state/checking';
import { trace } from '../state/store';
import { texts } from '../texts';
import { apart } from './digits';
import type { Subject } from './subject';

const words = texts.inspector.check;
const EPSILONS = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7];

interface Props {
  subject: Subject;
  /** The symbol of the derivative; null where the subject has none. */
  symbol: string | null;
  /** Whether the backward pass has come to it. */
  known: boolean;
}

/** The derivative found a second time, from two losses, without any backward pass. */
export function NumericCheck({ subject, symbol, known }: Props) {
  const found = checked.value;
  const ref = checkable(subject);
  const open = found !== null && found.of === trace.value && found.ref === ref;
  if (symbol === null || !known) {
    const why = symbol === null ? words.nothing : words.early;
    return (
      <p class="waits" aria-live="polite">
        {open && why}
      </p>
    );
  }
  return (
    <div class="numeric">
      <button type="button" class="link" title={words.title} aria-expanded={open} onClick={toggleCheck}>
        {words.button}
      </button>{' '}
      <kbd>c</kbd>
      <div aria-live="polite">
        {open && found.state === 'none' && <p class="waits">{words.none}</p>}
        {open && found.state === 'failed' && <p class="message">{found.detail}</p>}
        {open && found.state === 'found' && (
          <Found symbol={symbol} moved={subject.symbol} epsilon={found.epsilon} row={found.row} />
        )}
      </div>
    </div>
  );
}

interface FoundProps {
  symbol: string;
  /** The symbol of the number that is moved. */
  moved: string;
  epsilon: number;
  row: CheckedRow;
}

function Found({ symbol, moved, epsilon: by, row: found }: FoundProps) {
  const digits = apart(found.left, found.right);
  return (
    <>
      <div class="equation-grid">
        <MathML class="left" of={typesetSymbol(symbol, true)} />
        <Side sign="≈" parts={quotient(lossAt(moved, '+'), lossAt(moved, '−'), row(mn('2'), mi('ε')))} />
        <Side
          parts={quotient(
            typesetNumber(found.right, digits),
            typesetNumber(found.left, digits),
            row(mn('2'), mo('·'), powerOfTen(by)),
          )}
        />
        <Side parts={typesetNumber(found.numeric)} />
      </div>
      <p class={found.ok ? 'numeric-verdict ok' : 'numeric-verdict wrong'}>
        <strong>
          <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d={found.ok ? 'M3 8.5 6.5 12 13 4.5' : 'M4 4l8 8M12 4l-8 8'} />
          </svg>
          {found.ok ? words.agrees : words.differs}
        </strong>{' '}
        {words.backward} <NumberText value={found.analytic} />, {words.error}{' '}
        <NumberText value={found.relative_error} />
      </p>
      <label class="numeric-step" title={words.epsilonTitle}>
        {words.epsilon}
        <Select
          value={String(epsilon.value)}
          options={EPSILONS.map((one) => ({ value: String(one), title: words.power(Math.round(Math.log10(one))) }))}
          onChoose={(one) => setEpsilon(Number(one))}
        />
      </label>
    </>
  );
}

function Side({ sign = '=', parts }: { sign?: string; parts: MathElement }) {
  return (
    <>
      <span class="equals">{sign}</span>
      <span class="right">
        <MathML of={parts} />
      </span>
    </>
  );
}

function powerOfTen(value: number): MathElement {
  const exponent = Math.round(Math.log10(value));
  return el(
    'msup',
    mn('10'),
    row(
      ...(exponent < 0 ? [mo('−', { form: 'prefix', lspace: '0', rspace: '0' })] : []),
      mn(String(Math.abs(exponent))),
    ),
  );
}

function lossAt(symbol: string, sign: string): MathElement {
  const fixed = { stretchy: 'false', lspace: '0', rspace: '0' };
  const moved = row(typesetSymbol(symbol), mo(sign, { form: 'infix' }), mi('ε'));
  return row(mi('ℓ'), mo('(', fixed), moved, mo(')', fixed));
}

function quotient(right: MathElement, left: MathElement, width: MathElement): MathElement {
  // Of full size: what matters here are the last digits.
  return withAttributes(el('mfrac', row(right, mo('−', { form: 'infix' }), left), width), { displaystyle: 'true' });
}
