import { redo, undo } from '../state/undo';
import { focusAt } from '../useFocusBack';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Ctrl Z or ⌘ Z goes back; with shift, or Ctrl Y, forth. */
export function historyKey({ key, ctrlKey, metaKey, shiftKey, altKey }: Pressed): 'undo' | 'redo' | null {
  if (!(ctrlKey || metaKey) || altKey) return null;
  const letter = key.toLowerCase();
  if (letter === 'z') return shiftKey ? 'redo' : 'undo';
  return letter === 'y' && ctrlKey && !shiftKey ? 'redo' : null;
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
export function onHistoryKey(event: KeyboardEvent): boolean {
  const wanted = historyKey(event);
  if (!wanted || event.defaultPrevented) return false;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.closest(`dialog, textarea, [contenteditable], input:not([data-pointer]${NO_TEXTS})`)) return false;
  event.preventDefault();
  void (wanted === 'undo' ? undo() : redo());
  if (target) requestAnimationFrame(() => keepAt(target));
  return true;
}
