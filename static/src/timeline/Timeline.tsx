import type { FunctionComponent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { inWords } from '../maths/sentences';
import { GRAINS, phaseGroups, stepsDone, stepsIn } from '../model/cursor';
import {
  atEnd,
  atStart,
  isLast,
  isStuck,
  step as move,
  setGrain,
  toEnd,
  togglePlay,
  toStart,
  toStep,
} from '../state/moves';
import { hurried } from '../state/rapidInput';
import { cursor, grain, phase, playing, type Speed, speed, trace, trainingStep } from '../state/store';
import { currentSentence, failed, place, step } from '../state/telling';
import { bounds, isFirst, isRunning } from '../state/training';
import { texts } from '../texts';
import { Sign, SignButton } from '../ui/buttons';
import { Choice, Select } from '../ui/choices';
import { memo } from '../ui/memo';
import { SentenceText } from '../ui/SentenceText';
import './sentence.css';
import './timeline.css';

interface Props {
  /** The navigation between training steps, from above: a note, the runs, the number of the step. */
  Note: FunctionComponent;
  Runs: FunctionComponent;
  Step: FunctionComponent;
}

export function Timeline({ Note, Runs, Step }: Props) {
  return (
    <section class="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title" class="visually-hidden">
        {texts.timeline.title}
      </h2>
      <Note />
      <Runs />
      {/* Without a network there are no steps. */}
      <div class={trace.value ? 'timeline-bar' : 'timeline-bar nothing'}>
        <Step />
        <div class="player">
          <Transport />
          <Scrubber />
        </div>
        <Choice
          name="grain"
          class="grain"
          words={{ legend: texts.timeline.grain, names: texts.timeline.grains, titles: texts.timeline.grainTitles }}
          options={GRAINS}
          chosen={grain.value}
          onChoose={setGrain}
        />
      </div>
      <Sentence />
    </section>
  );
}

function Sentence() {
  const sentence = currentSentence();
  const busy = place.value !== null && step.value === null && !failed.value;
  return (
    <>
      <p class="sentence" aria-hidden="true" aria-busy={busy}>
        <SentenceText of={sentence} />
      </p>
      {/* Formulas are hard to follow in pieces: a screen reader gets the same sentence as plain text. */}
      <p class="visually-hidden" role="status" aria-live="polite" aria-busy={busy}>
        {inWords(sentence)}
      </p>
    </>
  );
}

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
  // Moving within the training step is possible during a run; moving to another one is not.
  const waits = (end && isRunning.value) || isStuck.value;
  const last = isLast.value;
  return (
    <div class="transport">
      <SignButton
        title={start && !first ? training.toFirst(bounds.value.least) : training.toStart}
        d="M4 3v10M13 3 6 8l7 5z"
        onClick={toStart}
        disabled={first}
      />
      <SignButton title={words.back} d="M11 3 4 8l7 5z" onClick={() => move(-1)} disabled={first} />
      <button
        type="button"
        class="primary"
        title={
          isStuck.value
            ? texts.problems.noServer
            : waits
              ? training.running
              : end && !last
                ? training.nextTitle(next)
                : words.forwardTitle
        }
        aria-disabled={waits}
        disabled={last}
        onClick={() => move(1)}
      >
        {first ? words.first : end && !last ? training.next : words.forward}
        <Sign d={end && !last ? 'M3 3l5 5-5 5zM8 3l5 5-5 5z' : 'M5 3l7 5-7 5z'} />
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
      move(1);
    }, pause);
    return () => clearInterval(timer);
  }, [running, pause]);
}

/** More cells than this would be too narrow; then each phase is one bar. */
const MOST_CELLS = 90;

/**
 * The whole training step as a row of cells, one for each step of the grain; a slider over the same row moves through
 * it.
 */
export function Scrubber() {
  const stages = trace.value?.stages ?? [];
  const all = stepsIn(stages, grain.value);
  const done = stepsDone(stages, grain.value, cursor.value);
  const onKeyDown = (event: KeyboardEvent) => {
    // A slider's own up and down arrows change its value; here left and right are the step, as everywhere on the page.
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(by as 1 | -1);
  };
  const groups = phaseGroups(stages, grain.value);
  const here = groups.findLast(({ before }) => before < done) ?? groups[0];
  const row = useRef<HTMLDivElement>(null);
  // Phases are wide enough for their names, so their widths are not proportional to their steps: each phase is
  // measured.
  const go = (event: PointerEvent) => {
    const phases = [...(row.current?.children ?? [])].map((phase) => phase.getBoundingClientRect());
    const at = Math.max(
      0,
      phases.findLastIndex(({ left }) => left <= event.clientX),
    );
    const [place, group] = [phases[at], groups[at]];
    if (!place || !group) return;
    const share = Math.min(1, Math.max(0, (event.clientX - place.left) / place.width));
    toStep(group.before + Math.round(share * group.count));
  };
  return (
    <div
      class={hurried.value ? 'scrubber still' : 'scrubber'}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.querySelector('input')?.focus({ preventScroll: true });
        go(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) go(event);
      }}
    >
      <div class="cells" aria-hidden="true" ref={row}>
        {groups.map((group) => {
          const inside = Math.min(group.count, Math.max(0, done - group.before));
          return (
            <div key={group.phase} class={`phase ${group.phase}`} style={{ flexGrow: group.count }}>
              <div class="track">
                <Cells count={group.count} done={inside} single={all > MOST_CELLS} />
              </div>
              <span class="phase-name">{texts.phases[group.phase]}</span>
              {group === here && <div class="thumb" style={{ '--at': `${(100 * inside) / group.count}%` }} />}
            </div>
          );
        })}
      </div>
      <input
        type="range"
        min={0}
        max={all}
        step={1}
        value={done}
        title={texts.timeline.scrubber}
        aria-label={texts.timeline.scrubber}
        aria-valuetext={texts.timeline.position(done, all, texts.phases[phase.value])}
        onInput={(event) => toStep(event.currentTarget.valueAsNumber)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

/** The cells of one phase with its completed steps; those of the other phases are not drawn again. */
const Cells = memo(({ count, done, single }: { count: number; done: number; single: boolean }) => {
  if (single) return <span class="cell" style={{ '--share': done / count }} />;
  return (
    <>
      {Array.from({ length: count }, (_, place) => (
        <span key={place} class="cell" style={{ '--share': place < done ? 1 : 0 }} />
      ))}
    </>
  );
});
