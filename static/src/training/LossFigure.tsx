import { inColumn, leadOf } from '../numbers/column';
import { NumberText } from '../numbers/NumberText';
import { asRows, canLog, chosenScale, range, scale } from '../state/losses';
import { openStep } from '../state/runs';
import { line, trainingStep } from '../state/store';
import { texts } from '../texts';
import { LossPlot } from './LossPlot';
import { lossOf } from './line';
import { listed, MAX_LISTED, type Scale } from './loss-curve';

const words = texts.training.run;
const SCALES: readonly Scale[] = ['linear', 'log'];

/** The loss of each training step, drawn or in a table; each of them can be opened. */
export function LossFigure() {
  return (
    <section class="loss-figure" aria-labelledby="loss-title">
      <header>
        <h3 id="loss-title">{words.curve}</h3>
        <span class="spring" />
        {!asRows.value && <ScaleChoice />}
        <button
          type="button"
          class="link"
          aria-pressed={asRows.value}
          onClick={() => {
            asRows.value = !asRows.value;
          }}
        >
          {words.table}
        </button>
      </header>
      {asRows.value ? <Rows /> : <LossPlot />}
    </section>
  );
}

function ScaleChoice() {
  return (
    <fieldset class="choice">
      <legend class="visually-hidden">{words.scale}</legend>
      {SCALES.map((one) => (
        <label key={one} title={one === 'log' && !canLog.value ? words.noLog : words.scaleTitles[one]}>
          <input
            type="radio"
            name="loss-scale"
            value={one}
            checked={scale.value === one}
            disabled={one === 'log' && !canLog.value}
            onChange={() => {
              chosenScale.value = one;
            }}
          />
          <span>{words.scales[one]}</span>
        </label>
      ))}
    </fieldset>
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
                <button type="button" class="link" title={words.open(step)} onClick={() => openStep(step)}>
                  {words.number(step)}
                </button>
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
