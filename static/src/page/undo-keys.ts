import { redo, undo } from '../state/undo';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Ctrl Z or ⌘ Z goes back; with shift, or Ctrl Y, forth. */
export function historyKey({ key, ctrlKey, metaKey, shiftKey, altKey }: Pressed): 'undo' | 'redo' | null {
  if (!(ctrlKey || metaKey) || altKey) return null;
  const letter = key.toLowerCase();
  if (letter === 'z') return shiftKey ? 'redo' : 'undo';
  return letter === 'y' && ctrlKey && !shiftKey ? 'redo' : null;
}

/**
 * Whether the event was one of these keys, and is done. Texts that are no part of the network are undone by the browser;
 * a field of the network shows the document, so that for it the page's own undo is the true one.
 */
export function onHistoryKey(event: KeyboardEvent): boolean {
  const wanted = historyKey(event);
  if (!wanted || event.defaultPrevented) return false;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (
    target?.closest('dialog, textarea, [contenteditable], input:not([data-pointer]):not([type=range], [type=radio])')
  ) {
    return false;
  }
  event.preventDefault();
  const field = target?.closest<HTMLInputElement>('input[data-pointer]');
  // While it has the focus a field shows what was typed; it takes the number up anew when it gets the focus back.
  field?.blur();
  void (wanted === 'undo' ? undo() : redo());
  if (field) requestAnimationFrame(() => field.isConnected && field.focus({ preventScroll: true }));
  return true;
}
