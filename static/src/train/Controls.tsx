import { useState } from 'preact/hooks';
import type { Until } from '../api/trainings';
import { parseNumber, parseWhole, plain } from '../numbers/format';
import { trace, trainingStep } from '../state/store';
import { train } from '../texts/train';
import { SelectRow } from '../ui/choices';
import { current, isRunning, pause, play, reset, setSpeed, speed, stepsOfEpoch, until, waiting } from './state';

/** The buttons that train, and how fast. */
export function Controls() {
  const running = isRunning.value;
  const idle = running || waiting.value || !trace.value;
  const words = train.controls;
  return (
    <div class="train-controls">
      {/* One button, so that the focus stays where it is. */}
      <button
        type="button"
        class="train-play"
        title={running ? words.pauseTitle : words.playTitle(trainingStep.value)}
        onClick={() => void (running ? pause() : play())}
      >
        {running ? words.pause : words.play}
      </button>
      <button
        type="button"
        class="plain"
        title={words.stepTitle}
        aria-disabled={idle}
        onClick={() => idle || void play(1)}
      >
        {words.step}
      </button>
      <button
        type="button"
        class="plain"
        title={words.epochTitle(stepsOfEpoch.value)}
        aria-disabled={idle}
        onClick={() => idle || void play(stepsOfEpoch.value)}
      >
        {words.epoch}
      </button>
      <button
        type="button"
        class="plain"
        title={words.resetTitle}
        aria-disabled={!current.value}
        onClick={() => current.value && void reset()}
      >
        {words.reset(current.value?.first ?? 1)}
      </button>
      <SelectRow
        class="train-speed"
        label={words.speed}
        title={words.speedTitle}
        value={String(speed.value ?? '')}
        options={SPEEDS.map((value) => ({
          value: String(value ?? ''),
          title: value === null ? words.fastest : words.perSecond(value),
        }))}
        onChoose={(value) => void setSpeed(value === '' ? null : Number(value))}
      />
    </div>
  );
}

const SPEEDS = [1, 5, 20, 60, 100, 1000, null] as const;

/** What ends the next training: the first goal that is reached. An empty field is no goal. */
export function Goals() {
  const words = train.goals;
  const set = (change: Partial<Until>) => {
    until.value = Object.fromEntries(
      Object.entries({ ...until.value, ...change }).filter(([, value]) => value !== undefined),
    );
  };
  const { loss, epochs, plateau } = until.value;
  return (
    <fieldset class="train-goals">
      <legend title={words.title}>{words.until}</legend>
      <Goal
        label={words.loss}
        value={loss}
        read={parseNumber}
        wrong={words.notANumber}
        onSet={(value) => set({ loss: value })}
      />
      <Goal
        label={words.epochs}
        value={epochs}
        read={whole}
        wrong={words.notWhole}
        onSet={(value) => set({ epochs: value })}
      />
      <Goal
        label={words.plateau}
        value={plateau?.epochs}
        read={whole}
        wrong={words.notWhole}
        onSet={(value) =>
          set({ plateau: value === undefined ? undefined : { epochs: value, min_delta: plateau?.min_delta ?? 0 } })
        }
      />
      {plateau && (
        <Goal
          label={words.delta}
          value={plateau.min_delta}
          read={notNegative}
          wrong={words.negative}
          onSet={(value) => set({ plateau: { ...plateau, min_delta: value ?? 0 } })}
        />
      )}
      <p class="aside goals-in-words">{inWords(until.value)}</p>
    </fieldset>
  );
}

/** What ends the next training, as a sentence. */
function inWords({ loss, epochs, plateau }: Until): string {
  const words = train.goals.says;
  return words.all([
    ...(loss === undefined ? [] : [words.loss(plain(loss))]),
    ...(epochs === undefined ? [] : [words.epochs(epochs)]),
    ...(plateau ? [words.plateau(plateau.epochs, plateau.min_delta === 0 ? null : plain(plateau.min_delta))] : []),
  ]);
}

const notNegative = (text: string): number | null => {
  const value = parseNumber(text);
  return value !== null && value >= 0 ? value : null;
};

const whole = (text: string): number | null => {
  const value = parseWhole(text);
  return value >= 1 ? value : null;
};

interface GoalProps {
  label: { before: string; after: string };
  value: number | undefined;
  read: (text: string) => number | null;
  wrong: (text: string) => string;
  onSet: (value: number | undefined) => void;
}

function Goal({ label, value, read, wrong, onSet }: GoalProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (value === undefined ? '' : String(value));
  const fault = text.trim() !== '' && read(text) === null ? wrong(text) : null;
  return (
    <label title={fault ?? undefined}>
      {label.before}{' '}
      <input
        class="line-field"
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellcheck={false}
        value={text}
        aria-invalid={fault !== null}
        onInput={(event) => {
          const { value: given } = event.currentTarget;
          setTyped(given);
          onSet(read(given) ?? undefined);
        }}
        onBlur={() => fault === null && setTyped(null)}
      />{' '}
      {label.after}
      {fault !== null && (
        <span class="message" role="alert">
          {fault}
        </span>
      )}
    </label>
  );
}
