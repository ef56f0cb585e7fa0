import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { lastOf, lossOf } from '../model/training-line';
import { parseWhole } from '../numbers/format';
import { line, trainingStep } from '../state/store';
import { closeRuns, count, focusField, goOn, isRunning, MAX_RUN, run } from '../state/training';
import { cancel, unfinished, walking } from '../state/walking';
import { texts } from '../texts';
import { LinkButton } from '../ui/buttons';
import { NumberText } from '../ui/NumberText';
import { LossFigure } from './LossFigure';
import { range } from './losses';
import './run.css';

const words = texts.training.run;
const FAULT = 'run-fault';

/** Runs many training steps, and shows the loss of every known training step. */
export function Run() {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    if (isRunning.value) cancel();
    else closeRuns();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it when the focus is within.
    <div class="run" onKeyDown={onKeyDown}>
      <div class="run-form">
        <Form />
        <Progress />
        <Outcome />
      </div>
      <LossFigure />
    </div>
  );
}

function Form() {
  const field = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const running = isRunning.value;
  useLayoutEffect(() => {
    if (!focusField.value) return;
    focusField.value = false;
    field.current?.focus();
    field.current?.select();
  }, [focusField.value]);
  const start = () => {
    if (isRunning.peek()) return;
    const steps = parseWhole(count.peek());
    const good = steps >= 1 && steps <= MAX_RUN;
    setWrong(good ? null : count.peek().trim());
    if (good) run(steps);
    else field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    start();
  };
  return (
    <div>
      <p class="run-line">
        <label title={words.countTitle(MAX_RUN)}>
          {words.before}
          <input
            class="line-field"
            ref={field}
            type="text"
            inputMode="numeric"
            autoComplete="off"
            spellcheck={false}
            value={count.value}
            readOnly={running}
            aria-label={words.count}
            aria-invalid={wrong !== null}
            aria-describedby={wrong === null ? undefined : FAULT}
            onInput={(event) => {
              count.value = event.currentTarget.value;
              setWrong(null);
            }}
            onKeyDown={onKeyDown}
          />
          {words.after}
        </label>
        {/* One button, so that the focus stays where it is; the second click of a double click does not cancel. */}
        <button
          type="button"
          class="run-button"
          title={running ? words.cancelTitle : words.startTitle(trainingStep.value)}
          onClick={(event) => (running ? event.detail < 2 && cancel() : start())}
        >
          {running ? words.cancel : words.start}
        </button>
      </p>
      <div aria-live="polite">
        {wrong !== null && (
          <p id={FAULT} class="message">
            {words.wrong(wrong, MAX_RUN)}
          </p>
        )}
      </div>
    </div>
  );
}

/** The progress, and the current loss. */
function Progress() {
  const under = isRunning.value ? walking.value : null;
  if (!under) return null;
  const { from, to, at } = under;
  const [done, all] = [Math.max(0, at - from), Math.max(1, to - from)];
  const loss = line.value && lossOf(line.value, at);
  return (
    <div class="run-progress">
      <progress max={all} value={done} aria-label={words.progress(done, all)} />
      <p>
        {words.progress(done, all)}
        {loss !== undefined && loss !== null && (
          <>
            {' · '}
            {words.loss} <NumberText value={loss} />
          </>
        )}
      </p>
    </div>
  );
}

/** A summary of the losses when nothing runs; a run that has just ended is also announced to screen readers. */
function Outcome() {
  const { value: shown } = line;
  const { value: known } = range;
  const left = unfinished.value;
  if (!shown) return null;
  const summary = isRunning.value ? '' : words.known(shown.first, lastOf(shown));
  return (
    <>
      <p class="visually-hidden" aria-live="polite">
        {summary}
      </p>
      {!isRunning.value && (
        <div class="run-outcome">
          <p aria-hidden="true">{summary}</p>
          {known && shown.losses.length > 1 && (
            <p>
              {words.least} <NumberText value={known.least} /> ({texts.training.at(known.best)})
            </p>
          )}
          {left !== null && <LinkButton onClick={goOn}>{words.goOn(left)}</LinkButton>}
        </div>
      )}
    </>
  );
}
