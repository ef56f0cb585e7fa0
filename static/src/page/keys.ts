import { lookCloser, seeAll } from '../diagram/closing';
import { toggleCheck } from '../state/checking';
import { pin, pinned, toggleComparing } from '../state/compare';
import { release, setGrain, step, toEnd, togglePlay, toStart } from '../state/moves';
import { fold, toggleLecture } from '../state/panels';
import { openRuns } from '../state/runs';
import { nextTrainingStep, previousTrainingStep } from '../state/training';
import { lecture, view } from '../state/view';
import { GRAINS } from '../timeline/cursor';
import { onHistoryKey } from './undo-keys';

/** The keys of the whole page. What is typed into a field, and what presses a button, stays there. */
export function onPageKey(event: KeyboardEvent, help: () => void): void {
  if (onHistoryKey(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  // Escape closes the panel that is open, and nothing else.
  if (event.key === 'Escape' && document.querySelector('[popover]:popover-open')) return;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('input:not([type=range]):not([type=radio]), select, textarea, dialog')) return;
  const radio = target?.closest('input[type=radio]') ?? null;
  if (radio && event.key.startsWith('Arrow')) return;
  const pressing = event.key === ' ' && target?.closest('button, [role=button], input, summary');
  const act = pressing ? undefined : actionOf(event.key, help);
  if (!act) return;
  event.preventDefault();
  act();
}

function actionOf(key: string, help: () => void): (() => void) | undefined {
  // Steps that nobody sees are not taken.
  const everywhere = { b: () => fold('build'), i: () => fold('inspector'), l: toggleLecture, '?': help }[key];
  if (everywhere) return everywhere;
  if (key === 'Escape' && lecture.value) return toggleLecture;
  if (view.value === 'check') return { Escape: release }[key];
  const grain = GRAINS[Number(key) - 1];
  if (grain) return () => setGrain(grain);
  return {
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    Home: toStart,
    End: toEnd,
    ' ': togglePlay,
    Escape: release,
    n: nextTrainingStep,
    N: () => previousTrainingStep(),
    r: openRuns,
    c: toggleCheck,
    z: lookCloser,
    0: seeAll,
    p: () => (pinned.value ? toggleComparing() : pin()),
  }[key];
}
