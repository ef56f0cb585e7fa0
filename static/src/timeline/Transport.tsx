import { useEffect } from 'preact/hooks';
import { atEnd, atStart, isStuck, step, toEnd, togglePlay, toStart } from '../state/moves';
import { playing, type Speed, speed, trainingStep } from '../state/store';
import { bounds, isFirst, isRunning } from '../state/training';
import { texts } from '../texts';
import { Sign, SignButton } from '../ui/buttons';
import { Select } from '../ui/choices';

const words = texts.timeline;
const training = texts.training;
const PAUSES: Record<Speed, number> = { slow: 2400, normal: 1200, fast: 450 };
const SPEEDS = Object.keys(PAUSES) as Speed[];

export function Transport() {
  usePlaying();
  const start = atStart.value;
  const end = atEnd.value;
  const first = start && isFirst.value;
  const next = trainingStep.value + 1;
  // Steps within the training step go on during a run; another training step does not begin.
  const waits = (end && isRunning.value) || isStuck.value;
  return (
    <div class="transport">
      <SignButton
        title={start && !first ? training.toFirst(bounds.value.least) : training.toStart}
        d="M4 3v10M13 3 6 8l7 5z"
        onClick={toStart}
        disabled={first}
      />
      <SignButton title={words.back} d="M11 3 4 8l7 5z" onClick={() => step(-1)} disabled={first} />
      <button
        type="button"
        class="primary"
        title={
          isStuck.value
            ? texts.problems.noServer
            : waits
              ? training.running
              : end
                ? training.nextTitle(next)
                : words.forwardTitle
        }
        aria-disabled={waits}
        onClick={() => step(1)}
      >
        {first ? words.first : end ? training.next : words.forward}
        <Sign d={end ? 'M3 3l5 5-5 5zM8 3l5 5-5 5z' : 'M5 3l7 5-7 5z'} />
      </button>
      <span class="transport-keys" aria-hidden="true" title={words.keysTitle}>
        <kbd>←</kbd>
        <kbd>→</kbd>
      </span>
      <SignButton title={words.end} d="M12 3v10M3 3l7 5-7 5z" onClick={toEnd} disabled={end} />
      <button type="button" class="quiet play" title={playing.value ? words.pause : words.play} onClick={togglePlay}>
        <Sign d={playing.value ? 'M5 3v10M11 3v10' : 'M8 8m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0M6.5 5.5l4 2.5-4 2.5z'} />
        <span class="visually-hidden">{playing.value ? words.pause : words.play}</span>
      </button>
      <label class="speed" title={words.speedTitle}>
        <span class="visually-hidden">{words.speed}</span>
        <Select
          value={speed.value}
          options={SPEEDS.map((one) => ({ value: one, title: words.speeds[one] }))}
          onChoose={(chosen) => {
            speed.value = chosen as Speed;
          }}
        />
      </label>
    </div>
  );
}

function usePlaying(): void {
  const pause = PAUSES[speed.value];
  const running = playing.value;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => {
      step(1);
    }, pause);
    return () => clearInterval(timer);
  }, [running, pause]);
}
