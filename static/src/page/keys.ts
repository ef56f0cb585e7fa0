import { lookCloser, seeAll } from '../diagram/zoomToSelection';
import { GRAINS } from '../model/cursor';
import { toggleCheck } from '../state/checking';
import { pin, pinned, toggleComparing } from '../state/compare';
import { release, setGrain, step, toEnd, togglePlay, toStart } from '../state/moves';
import { fold, toggleLecture } from '../state/panels';
import { readOnly } from '../state/store';
import { nextTrainingStep, openRuns, previousTrainingStep } from '../state/training';
import { historyKey, redo, undo } from '../state/undo';
import { lecture, view } from '../state/view';
import { focusAt } from '../ui/roving';

/** The keys of the whole page. Keys that type into a field or press a button are ignored. */
export function onPageKey(event: KeyboardEvent, help: () => void): void {
  if (onHistoryKey(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  // Escape closes the open panel, and does nothing else.
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

/** Keys of what a network that can only be read has not: the panel Build, other training steps, comparisons. */
const CHANGING: ReadonlySet<string> = new Set(['b', 'n', 'N', 'r', 'p']);

function actionOf(key: string, help: () => void): (() => void) | undefined {
  // Steps are not taken while they are invisible.
  if (readOnly.value && CHANGING.has(key)) return undefined;
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

/** Inputs without text. */
const NO_TEXTS = ', [type=range], [type=radio], [type=checkbox]';

/** Selects the edited number, so that it can be typed again; without its field, focuses the last one of its kind. */
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
 * Whether the event was one of these keys and was handled. The browser handles undo in texts that are not part of the
 * network; a field of the network shows the document, so there the page's undo is the right one.
 */
function onHistoryKey(event: KeyboardEvent): boolean {
  const action = historyKey(event);
  if (!action || event.defaultPrevented) return false;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.closest(`dialog, textarea, [contenteditable], input:not([data-pointer]${NO_TEXTS})`)) return false;
  event.preventDefault();
  void (action === 'undo' ? undo() : redo());
  if (target) requestAnimationFrame(() => keepAt(target));
  return true;
}
