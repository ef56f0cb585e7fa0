import { useEffect, useState } from 'preact/hooks';
import { incoming } from '../state/incoming';
import { texts } from '../texts';
import { openFileLater } from './open-later';
import './drop.css';

/** A file that is dropped on the page, or a table that is pasted where nothing else takes it, is opened. */
export function Drop() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const taken = (event: DragEvent) => event.defaultPrevented || !event.dataTransfer?.types.includes('Files');
    const onOver = (event: DragEvent) => {
      if (taken(event)) return setOver(false);
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      // From part to part of the page one leaves too, but not into nothing.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (taken(event) || !file) return;
      event.preventDefault();
      void openFileLater(file);
    };
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text') ?? '';
      if (event.defaultPrevented || isTyping(event.target) || !isTable(text)) return;
      event.preventDefault();
      incoming.value = { source: text };
    };
    window.addEventListener('paste', onPaste);
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('paste', onPaste);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return over ? (
    <div class="drop">
      <p>{texts.share.drop}</p>
    </div>
  ) : null;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, dialog') !== null;

/** Several rows of several cells. */
const isTable = (text: string): boolean =>
  /[\t,;|]/.test(text) && /\n[^\n]/.test(text.trim()) && !/^\s*[[{(]/.test(text);
