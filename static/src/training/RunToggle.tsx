import { useEffect, useRef } from 'preact/hooks';
import { trace } from '../state/store';
import { closeRuns, isRunning, open, openRuns } from '../state/training';
import { walking } from '../state/walking';
import { texts } from '../texts';
import { Sign } from '../ui/buttons';
import { later } from '../ui/Later';

const words = texts.training.run;
const Run = later(() => import('./Run').then(({ Run }) => Run));
const BODY = 'run-body';
const TOUCH = matchMedia('(pointer: coarse)');

/** Opens the runs and their curve; during a run, it shows the progress. */
export function RunToggle() {
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  useEffect(() => {
    // If it was closed from within, the focus would be lost.
    if (was.current && !open.value && document.activeElement === document.body) button.current?.focus();
    was.current = open.value;
  }, [open.value]);
  return (
    <button
      ref={button}
      type="button"
      class="quiet run-toggle"
      title={words.toggleTitle}
      aria-expanded={open.value}
      aria-controls={open.value ? BODY : undefined}
      // On a touch screen the focus would open a keyboard over half of it.
      onClick={() => (open.value ? closeRuns() : openRuns(!TOUCH.matches))}
    >
      <Sign d="M2.5 2.5v11h11M5 5.5c1 4 3 5.5 8 6" />
      {isRunning.value ? <Percent /> : words.toggle}
    </button>
  );
}

function Percent() {
  const { from, to, at } = walking.value ?? { from: 0, to: 1, at: 0 };
  return <>{words.percent(to > from ? Math.floor((100 * Math.max(0, at - from)) / (to - from)) : 0)}</>;
}

/** The strip above the timeline. */
export function RunStrip() {
  if (!open.value || !trace.value) return null;
  return (
    <section id={BODY} class="run-strip" aria-label={words.title}>
      <Run />
    </section>
  );
}
