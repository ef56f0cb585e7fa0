import type { FunctionComponent, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Explanation, MatrixForm, PathsForm } from '../api/types';
import { spoken } from '../maths/symbol';
import { getAt } from '../model/json';
import { valueAt } from '../model/lookup';
import { makerOfRef } from '../model/results';
import type { Quantity } from '../model/subject';
import { exact } from '../numbers/format';
import type { Inspected } from '../state/attention';
import { copied } from '../state/browser';
import { isKnown } from '../state/known';
import { moving } from '../state/rapidInput';
import { growing, network, readOnly, trace } from '../state/store';
import { runningSum } from '../state/telling';
import { texts } from '../texts';
import { LinkButton } from '../ui/buttons';
import { Formula } from '../ui/Formula';
import { later } from '../ui/Later';
import { NumberMath, SymbolMath } from '../ui/MathML';
import { Messages } from '../ui/Messages';
import { memo } from '../ui/memo';
import { NumberField } from '../ui/NumberField';
import { scrollIntoSight, useScrollIntoView } from '../ui/scrolling';
import { GrowingSum } from './GrowingSum';
import { NumericCheck } from './NumericCheck';

const words = texts.inspector;
const Law = later<{ of: Explanation['law_text'] }>(() => import('./Law').then(({ Law }) => Law));

interface Props {
  quantity: Quantity;
  shown: Inspected;
  /** The selected quantity, or the one that the current step computes. */
  focused: boolean;
}

/** One quantity of the subject: its value, and its formula. */
export function QuantityPart({ quantity: { kind, ref, symbol }, shown: { subject, explanations }, focused }: Props) {
  const current = trace.value;
  const explanation = explanations.get(ref);
  const part = useRef<HTMLElement>(null);
  const sum = focused && runningSum.value?.ref === ref ? runningSum.value : null;
  const short = useShort(part, ref, focused, sum !== null);
  useScrollIntoView(part, ref, focused, short);
  const form = explanation?.notation;
  const before = useRef(form);
  useLayoutEffect(() => {
    // The user chose another notation: they want to see it in the gradient.
    if (kind === 'gradient' && before.current && form && before.current !== form && part.current)
      scrollIntoSight(part.current);
    before.current = form;
  }, [kind, form]);
  if (!current) return null;
  const known = isKnown(ref);
  const value = known ? (valueAt(current, ref) ?? explanation?.value ?? null) : null;
  const pointer = kind === 'value' ? subject.pointer : null;
  return (
    <section ref={part} class={focused ? 'quantity focused' : 'quantity'}>
      <header>
        <h4>{words.headings[kind]}</h4>
        {explanation && !isGiven(explanation) && (known || sum) && <CopyLatex of={explanation} />}
      </header>
      {sum && explanation ? (
        <>
          <GrowingSum partial={sum} />
          <Law of={explanation.law_text} />
        </>
      ) : value === null || !explanation || short ? (
        <p class="equation">
          <SymbolMath of={symbol} />
          {value !== null && <Value value={value} of={ref} />}
        </p>
      ) : isGiven(explanation) ? (
        <Given of={explanation} value={value} />
      ) : (
        <Origin of={explanation} />
      )}
      {!known && !sum && <p class="waits">{waiting(ref)}</p>}
      {kind === 'gradient' && (
        <NumericCheck subject={subject} symbol={symbol} known={known} explained={explanations.size} />
      )}
      {pointer && <Change pointer={pointer} symbol={symbol} />}
    </section>
  );
}

/**
 * Whether a formula is postponed: during rapid steps only the focused number is explained, and the others follow when
 * the steps pause. An existing formula stays, and so does one with the focus.
 */
function useShort(part: RefObject<HTMLElement | null>, ref: string, focused: boolean, sums: boolean): boolean {
  const written = useRef<string | null>(null);
  const waits = !focused && written.current !== ref && moving.value;
  const short = waits && !part.current?.contains(document.activeElement);
  written.current = short || sums ? null : ref;
  return short;
}

/** While its explanation is the same a formula is not drawn again, even if a step changes other things. */
const Origin: FunctionComponent<{ of: Explanation }> = memo(({ of }: { of: Explanation }) => (
  <>
    <Derivation of={of} />
    <Law of={of.law_text} />
    {of.rate && <Origin of={of.rate} />}
  </>
));

function Given({ of: { symbol, ref }, value }: { of: Explanation; value: number }) {
  return (
    <p class="equation">
      <SymbolMath of={symbol} />
      <Value value={value} of={ref} />
      <span class="waits">{words.given}</span>
    </p>
  );
}

/** Whether a number is given; then it needs no formula. */
function isGiven({ expression, ref }: Explanation): boolean {
  return 'ref' in expression && expression.ref === ref;
}

function Value({ value, of }: { value: number; of: string }) {
  return (
    <>
      <span class="equals">=</span>
      <span data-ref={of} data-value={exact(value)}>
        <NumberMath value={value} />
      </span>
    </>
  );
}

function Change({ pointer, symbol }: { pointer: string; symbol: string }) {
  const value = getAt(network.value, pointer);
  if (typeof value !== 'number' || readOnly.value) return null;
  return (
    <>
      <div class="change">
        <span>{words.change}</span>
        <NumberField pointer={pointer} value={value} label={spoken(symbol)} place="inspector" />
      </div>
      <Messages at={(where) => where === pointer} place="inspector" />
    </>
  );
}

function waiting(ref: string): string {
  const sum = growing.value;
  // A sum whose terms cannot be identified, such as a loss of scores, at least shows their count.
  if (sum?.ref === ref) return words.growing.sofar(sum.term + 1, sum.terms);
  return words.waits[(trace.value && makerOfRef(trace.value, ref)?.stage.phase) ?? 'ready'];
}

const MatrixView = later<{ of: Explanation; form: MatrixForm }>(() =>
  import('./notations').then(({ MatrixView }) => MatrixView),
);
const PathList = later<{ of: Explanation; form: PathsForm }>(() =>
  import('./notations').then(({ PathList }) => PathList),
);

/** The derivation of a number, in the notation that the service returned. */
function Derivation({ of }: { of: Explanation }) {
  if (of.matrix) return <MatrixView of={of} form={of.matrix} />;
  if (of.paths) return <PathList of={of} form={of.paths} />;
  return <Formula of={of} />;
}

/** How long the button reports its result, in milliseconds. */
const SHOWN_FOR = 2000;

function CopyLatex({ of: { latex } }: { of: Explanation }) {
  const [message, setMessage] = useState<string | null>(null);
  useEffect(() => {
    if (!message) return;
    const timer = setTimeout(() => setMessage(null), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [message]);
  const copy = async () => {
    setMessage((await copied(latex)) ? words.latex.copied : words.latex.failed);
  };
  return (
    <span class="copy">
      <span aria-live="polite">{message}</span>
      <LinkButton title={words.latex.title} onClick={() => void copy()}>
        {words.latex.copy}
      </LinkButton>
    </span>
  );
}
