import { useState } from 'preact/hooks';
import { parseWhole } from '../numbers/parse';
import { trainingStep } from '../state/store';
import { bounds, goToTrainingStep, isRunning, nextTrainingStep, previousTrainingStep } from '../state/training';
import { note } from '../state/walking';
import { texts } from '../texts';
import { RunToggle } from './RunToggle';
import { NOTE } from './StepNote';
import './training.css';

const words = texts.training;

/** The number of the training step that is shown, and the way to any other one. */
export function StepField() {
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && note.value?.kind === 'unknown';
  const { least, most } = bounds.value;
  const step = trainingStep.value;
  const rest = () => {
    setTyped(null);
    if (wrong) note.value = null;
  };
  const go = (text: string) => {
    const wanted = parseWhole(text);
    if (wanted >= least && wanted <= most) {
      rest();
      if (wanted !== step) void goToTrainingStep(wanted);
    } else note.value = { kind: 'unknown', text: text.trim(), least, most };
  };
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    const { key, currentTarget } = event;
    if (key === 'Enter') go(currentTarget.value);
    else if (key === 'Escape') rest();
    else if (key === 'ArrowUp') nextTrainingStep();
    else if (key === 'ArrowDown') previousTrainingStep();
    else return;
    event.preventDefault();
    if (key.startsWith('Arrow')) rest();
  };
  return (
    <div class="training-step">
      <label title={isRunning.value ? words.running : words.stepTitle(least, most)}>
        <span>{words.step}</span>
        <input
          class="line-field"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          spellcheck={false}
          value={typed ?? step}
          readOnly={isRunning.value}
          style={{ width: `${Math.max(5, String(typed ?? step).length) + 1.4}ch` }}
          aria-invalid={wrong}
          aria-describedby={wrong ? NOTE : undefined}
          onFocus={(event) => event.currentTarget.select()}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={(event) => typed !== null && go(event.currentTarget.value)}
        />
      </label>
      <RunToggle />
    </div>
  );
}
