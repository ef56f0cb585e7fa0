import { useRef } from 'preact/hooks';
import { type Line, lastOf, lossOf } from '../model/training-line';
import { inColumn, leadOf, plain } from '../numbers/format';
import { line, trainingStep } from '../state/store';
import { openStep } from '../state/training';
import { texts } from '../texts';
import { LinkButton } from '../ui/buttons';
import { Choice } from '../ui/choices';
import { NumberText } from '../ui/NumberText';
import { Axes, StepSlider, useReading } from '../ui/plot';
import { useSize } from '../ui/useMeasured';
import {
  asRows,
  canLog,
  chosenScale,
  type LossCurve,
  listed,
  lossCurve,
  MAX_LISTED,
  range,
  type Scale,
  scale,
} from './losses';

const words = texts.training.run;
const SCALES: readonly Scale[] = ['linear', 'log'];

/** The loss of each training step, as a plot or a table; each step can be opened. */
export function LossFigure() {
  return (
    <section class="loss-figure" aria-labelledby="loss-title">
      <header>
        <h3 id="loss-title">{words.curve}</h3>
        <span class="spring" />
        {!asRows.value && <ScaleChoice />}
        <LinkButton
          aria-pressed={asRows.value}
          onClick={() => {
            asRows.value = !asRows.value;
          }}
        >
          {words.table}
        </LinkButton>
      </header>
      {asRows.value ? <Rows /> : <LossPlot />}
    </section>
  );
}

function ScaleChoice() {
  return (
    <Choice
      name="loss-scale"
      untitled
      words={{ legend: words.scale, names: words.scales, titles: words.scaleTitles }}
      options={SCALES}
      chosen={scale.value}
      barred={(one) => (one === 'log' && !canLog.value ? words.noLog : null)}
      onChoose={(one) => {
        chosenScale.value = one;
      }}
    />
  );
}

function Rows() {
  const { value: shown } = line;
  if (!shown) return null;
  const steps = listed(shown, MAX_LISTED, [trainingStep.value, ...(range.value ? [range.value.best] : [])]);
  const losses = steps.map((step) => lossOf(shown, step) ?? Number.NaN);
  const { lead, fixed } = inColumn(losses);
  return (
    <div class="loss-rows">
      <table>
        <caption>{words.caption(steps.length, shown.losses.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.training.step}</th>
            <th scope="col">{words.loss}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, place) => (
            <tr key={step} aria-current={step === trainingStep.value ? 'step' : undefined}>
              <th scope="row">
                <LinkButton title={words.open(step)} onClick={() => openStep(step)}>
                  {words.number(step)}
                </LinkButton>
              </th>
              <td style={{ '--in': lead - leadOf(losses[place] ?? null) }}>
                <NumberText value={losses[place] ?? Number.NaN} fixed={fixed} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The curve. The point under the pointer or at the arrow keys is read off; a click, a tap or Enter opens its step. */
function LossPlot() {
  const frame = useRef<HTMLDivElement>(null);
  const room = useSize(frame);
  const reading = useReading();
  const { value: of } = line;
  const curve = of && room && range.value ? lossCurve(of, range.value, scale.value, room) : null;
  const [first, last] = of ? [of.first, lastOf(of)] : [1, 1];
  const at = within(of, reading.step ?? trainingStep.value);
  return (
    <div class="loss-plot">
      <p class="loss-reading" aria-hidden="true">
        {of && <Reading of={of} step={at} />}
      </p>
      <StepSlider
        frame={frame}
        class="loss-drawing"
        words={{ label: words.slider, hint: words.hint, value: of ? words.spoken(at, spokenLoss(of, at)) : undefined }}
        reading={reading}
        at={of && at}
        least={first}
        most={last}
        places={{ count: last - first + 1, of: (step) => step - first, step: (place) => place + first }}
        stepAt={curve?.stepAt}
        onOpen={openStep}
      >
        {curve && of && <Drawing curve={curve} of={of} at={at} shown={within(of, trainingStep.value)} />}
      </StepSlider>
    </div>
  );
}

const within = (of: Line | null, step: number): number => (of ? Math.min(Math.max(step, of.first), lastOf(of)) : step);

const spokenLoss = (of: Line, step: number): string => plain(lossOf(of, step) ?? Number.NaN);

function Reading({ of, step }: { of: Line; step: number }) {
  return (
    <>
      {texts.training.at(step)}
      {' · '}
      {words.loss} <NumberText value={lossOf(of, step) ?? Number.NaN} />
    </>
  );
}

/** An axis label is 10⁻⁶, without the 1 before it. */
const POWER_ALONE = /^1\u2009×\u2009/;

interface DrawingProps {
  curve: LossCurve;
  of: Line;
  at: number;
  shown: number;
}

function Drawing({ curve, of, at, shown }: DrawingProps) {
  const { width, height, top, bottom, path, x, y } = curve;
  const placed = (step: number) => ({ cx: x(step), cy: y(lossOf(of, step) ?? Number.NaN) ?? top });
  // If the line ends because a number is not finite, a cross marks it.
  const broken = of.losses.findIndex((loss) => !Number.isFinite(loss));
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <Axes of={curve} x={words.number} y={(value) => plain(value).replace(POWER_ALONE, '')} />
      <path class="loss-line" d={path} />
      {broken >= 0 && <path class="loss-broken" d={`M${x(of.first + broken) - 4} ${top}l8 8m0 -8l-8 8`} />}
      {at !== shown && <path class="loss-cross" d={`M${x(at)} ${top}V${bottom}`} />}
      {at !== shown && <circle class="loss-at" r={4} {...placed(at)} />}
      <circle class="loss-shown" r={4.5} {...placed(shown)} />
    </svg>
  );
}
