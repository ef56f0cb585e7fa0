import { useRef, useState } from 'preact/hooks';
import type { CurvePoint, ErrorCurve } from '../api/questions';
import { symbolOf } from '../model/refs';
import { toEnd } from '../state/moves';
import { catalog, phase, trace } from '../state/store';
import { openView } from '../state/view';
import { check } from '../texts/check';
import { LinkButton } from '../ui/buttons';
import { Grounds } from '../ui/Grounds';
import { NumberText } from '../ui/NumberText';
import { SentenceText } from '../ui/SentenceText';
import { useSize } from '../ui/useMeasured';
import { curveLayout } from './curve-layout';
import { Epsilon, LossText } from './marks';
import { Plot } from './Plot';
import { checked, current, curve, derivativeOf, isChosen, selectRow } from './state';

const words = check.curve;

/** The error of one derivative as a function of ε: the V of truncation and rounding. */
export function Curve() {
  const frame = useRef<HTMLDivElement>(null);
  const room = useSize(frame);
  // Stored by its ε: an edit under a resting pointer changes the point, and its numbers with it.
  const [step, setStep] = useState<number | null>(null);
  const shown = curve.value;
  const pointed = shown?.points.find((point) => point.epsilon === step) ?? null;
  const layout = shown && room ? curveLayout(shown.points, room) : null;
  return (
    <figure class="curve" aria-labelledby="curve-title">
      <figcaption id="curve-title">{shown && <Title of={shown} />}</figcaption>
      <div class="curve-body">
        <div class="drawing" ref={frame}>
          {layout && (
            <Plot
              layout={layout}
              epsilon={checked.value?.epsilon ?? null}
              pointed={pointed}
              onPoint={(point) => setStep(point?.epsilon ?? null)}
            />
          )}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it. */}
        <section class="beside" aria-label={words.beside} tabIndex={0}>
          {shown && <Reading of={pointed ?? chosenPoint(shown)} />}
          {shown && <Remarks of={shown} />}
        </section>
      </div>
    </figure>
  );
}

function Title({ of: { ref } }: { of: ErrorCurve }) {
  if (!trace.value) return null;
  return (
    <>
      <span>
        <SentenceText of={words.title({ symbol: symbolOf(trace.value, derivativeOf(trace.value, ref)), ref })} />
        {!isChosen.value && <span class="aside">{words.worst}</span>}
      </span>
      <LinkButton title={words.formulaTitle} onClick={() => showFormula(ref)}>
        {words.formula}
      </LinkButton>
    </>
  );
}

/** Opens the diagram, where the inspector explains the number, at the end of the step, because it is unknown before. */
function showFormula(ref: string): void {
  selectRow(ref);
  if (phase.value !== 'update') toEnd();
  openView('diagram');
}

/** The table's row for this derivative as a point, used when no point is pointed at. */
function chosenPoint({ ref }: ErrorCurve): CurvePoint | null {
  const row = current.value;
  return row?.ref === ref && checked.value ? { ...row, epsilon: checked.value.epsilon } : null;
}

function Remarks({ of }: { of: ErrorCurve }) {
  const { ref, analytic, complex_step: witness, no_complex_step: none, parabola } = of;
  const row = current.value;
  return (
    <>
      {row?.ref === ref && <Grounds of={row} />}
      <p class="aside">
        <SentenceText of={witness === null ? words.noWitness(who(none)) : witnessed(analytic, witness)} />
      </p>
      {parabola && <p class="aside">{words.noTruncation}</p>}
    </>
  );
}

/** The layer, the loss or the penalty that does not support the complex step. */
function who(none: ErrorCurve['no_complex_step']): string {
  if (!none) return '';
  if (none.type === PENALTY) return words.thePenalty;
  return none.name === null ? words.theLoss(lossTitle(none.type)) : none.name;
}

/** What the service names a penalty that does not. */
const PENALTY = 'penalty';

/** As in the menu of losses. */
function lossTitle(type: string): string {
  return catalog.value?.losses.find((one) => one.type === type)?.title ?? type;
}

function witnessed(analytic: number, witness: number) {
  const value = { value: witness, ref: null };
  if (!Number.isFinite(witness)) return words.witnessNone();
  if (witness === analytic) return words.witnessExact(value);
  const error = Math.abs(witness - analytic) / Math.max(Math.abs(witness), Math.abs(analytic));
  return words.witness(value, { value: error, ref: null });
}

/** The numbers of one point, in a line that exists before any point is pointed at, so that nothing moves. */
function Reading({ of: point }: { of: CurvePoint | null }) {
  if (!point) return <dl class="reading" />;
  const { epsilon, left, right, numeric, relative_error: error } = point;
  const readings = [
    [<Epsilon key="epsilon" />, <NumberText key="value" value={epsilon} />],
    [words.reading.left, <LossText key="value" loss={left} epsilon={epsilon} />],
    [words.reading.right, <LossText key="value" loss={right} epsilon={epsilon} />],
    [words.reading.numeric, <NumberText key="value" value={numeric} fixed />],
    [words.reading.error, <NumberText key="value" value={error} />],
  ];
  return (
    <dl class="reading">
      {readings.map(([name, value], place) => (
        <div key={place}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
