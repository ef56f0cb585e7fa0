import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Sentence } from '../maths/sentences';
import { symbolOf } from '../model/refs';
import { parseWhole } from '../numbers/format';
import { trace, trainingStep } from '../state/store';
import {
  bounds,
  closeRuns,
  goOnWithTheNew,
  goToTrainingStep,
  isRunning,
  nextTrainingStep,
  open,
  openRuns,
  previousTrainingStep,
} from '../state/training';
import { type Note, note, walking } from '../state/walking';
import { texts } from '../texts';
import { Close, LinkButton, Sign } from '../ui/buttons';
import { later } from '../ui/Later';
import { LocalizedText } from '../ui/notes';
import { SentenceText } from '../ui/SentenceText';
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

const Run = later(() => import('./Run').then(({ Run }) => Run));
const BODY = 'run-body';
const TOUCH = matchMedia('(pointer: coarse)');

/** Opens the runs and their curve; during a run, it shows the progress. */
export function RunToggle() {
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  useLayoutEffect(() => {
    // If it was closed from within, the focus would be lost.
    if (was.current && !open.value && document.activeElement === document.body) button.current?.focus();
    was.current = open.value;
  }, [open.value]);
  return (
    <button
      ref={button}
      type="button"
      class="quiet run-toggle"
      title={words.run.toggleTitle}
      aria-expanded={open.value}
      aria-controls={open.value ? BODY : undefined}
      // On a touch screen the focus would open a keyboard over half of it.
      onClick={() => (open.value ? closeRuns() : openRuns(!TOUCH.matches))}
    >
      <Sign d="M2.5 2.5v11h11M5 5.5c1 4 3 5.5 8 6" />
      {isRunning.value ? <Percent /> : words.run.toggle}
    </button>
  );
}

function Percent() {
  const { from, to, at } = walking.value ?? { from: 0, to: 1, at: 0 };
  return <>{words.run.percent(to > from ? Math.floor((100 * Math.max(0, at - from)) / (to - from)) : 0)}</>;
}

/** The strip above the timeline. */
export function RunStrip() {
  if (!open.value || !trace.value) return null;
  return (
    <section id={BODY} class="run-strip" aria-label={words.run.title}>
      <Run />
    </section>
  );
}
