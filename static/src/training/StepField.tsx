import { useState } from 'preact/hooks';
import type { Sentence } from '../maths/sentences';
import { symbolOf } from '../model/refs';
import { parseWhole } from '../numbers/parse';
import { trace, trainingStep } from '../state/store';
import {
  bounds,
  goOnWithTheNew,
  goToTrainingStep,
  isRunning,
  nextTrainingStep,
  previousTrainingStep,
} from '../state/training';
import { type Note, note } from '../state/walking';
import { texts } from '../texts';
import { Close, LinkButton } from '../ui/buttons';
import { LocalizedText } from '../ui/notes';
import { SentenceText } from '../ui/SentenceText';
import { RunToggle } from './RunToggle';
import './training.css';

const words = texts.training;

/** The number of the displayed training step, editable to go to any other one. */
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
    const requested = parseWhole(text);
    if (requested >= least && requested <= most) {
      rest();
      if (requested !== step) void goToTrainingStep(requested);
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

const NOTE = 'training-note';

/** The reason why a training step was not reached, and what the user can do. */
export function StepNote() {
  const { value } = note;
  return (
    <div role="alert" id={NOTE} class="training-note">
      {value && (
        <p>
          <span>
            <NoteText of={value} />
            {(value.kind === 'differs' || value.kind === 'strays') && (
              <>
                {' '}
                <LinkButton onClick={() => void goOnWithTheNew()}>{words.notes.goOn}</LinkButton>
              </>
            )}
          </span>
          <Close onClose={close} />
        </p>
      )}
    </div>
  );
}

function NoteText({ of }: { of: Note }) {
  switch (of.kind) {
    case 'stopped':
      return <SentenceText of={words.notes.stopped(of.step, named(of.where))} />;
    case 'differs':
      return <>{words.notes.differs(of.step)}</>;
    case 'strays':
      return <>{words.notes.strays(of.first, of.step)}</>;
    case 'begins':
      return <>{of.origin === 'link' ? words.notes.link(of.step) : words.notes.edited(of.step)}</>;
    case 'unknown':
      return <>{words.notes.unknown(of.text, of.least, of.most)}</>;
    case 'refused':
      return <LocalizedText text={words.notes.refused(of.detail)} />;
    case 'running':
      return <>{words.notes.running}</>;
    case 'gone':
      return <>{words.notes.gone(of.step)}</>;
  }
}

const named = (ref: string): Sentence => (trace.value ? [{ symbol: symbolOf(trace.value, ref), ref }] : [ref]);

function close(): void {
  note.value = null;
}
