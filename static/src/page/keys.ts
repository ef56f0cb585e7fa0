import { lookCloser, seeAll } from '../diagram/zoomToSelection';
import { GRAINS } from '../model/cursor';
import { toggleCheck } from '../state/checking';
import { pin, pinned, toggleComparing } from '../state/compare';
import { release, setGrain, step, toEnd, togglePlay, toStart } from '../state/moves';
import { fold, toggleLecture } from '../state/panels';
import { nextTrainingStep, openRuns, previousTrainingStep } from '../state/training';
import { historyKey, redo, undo } from '../state/undo';
import { lecture, view } from '../state/view';
import { focusAt } from '../ui/roving';

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
  // Steps are not taken where they are not visible.
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

/** Inputs that nothing is typed into. */
const NO_TEXTS = ', [type=range], [type=radio], [type=checkbox]';

/** The number that was typed is there to be typed again; where its field is gone, the last of its kind that there is. */
function keepAt(target: HTMLElement): void {
  if (target.isConnected) {
    if (document.activeElement === target && target.matches('input[data-pointer]'))
      (target as HTMLInputElement).select();
    return;
  }
  const kind = target.id.replace(/\/\d+$/, '/');
  const others = target.id ? document.querySelectorAll<HTMLElement>(`input[id^="${CSS.escape(kind)}"]`) : [];
  focusAt([...others].at(-1) ?? target);
}

/**
 * Whether the event was one of these keys, and is done. Texts that are no part of the network are undone by the browser;
 * a field of the network shows the document, so that for it the page's own undo is the true one.
 */
function onHistoryKey(event: KeyboardEvent): boolean {
  const wanted = historyKey(event);
  if (!wanted || event.defaultPrevented) return false;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.closest(`dialog, textarea, [contenteditable], input:not([data-pointer]${NO_TEXTS})`)) return false;
  event.preventDefault();
  void (wanted === 'undo' ? undo() : redo());
  if (target) requestAnimationFrame(() => keepAt(target));
  return true;
}
