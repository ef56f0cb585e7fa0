import { useEffect, useRef, useState } from 'preact/hooks';
import { listen } from '../state/browser';
import { incoming } from '../state/incoming';
import { texts } from '../texts';
import { Sign } from '../ui/buttons';
import { isNarrow } from '../ui/Panel';
import './drop.css';

const words = texts.share;

/** A folder: on a phone the word has no room. */
const FOLDER = <Sign d="M2 13V3.5h4l1.5 2H14V13z" />;

/** Opens a network from a file that is chosen. */
interface Props {
  open: (file: File) => void;
}

export function OpenFile({ open: openFile }: Props) {
  const chooser = useRef<HTMLInputElement>(null);
  const open = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    // The same file may have been changed, and be chosen again.
    input.value = '';
    if (file) openFile(file);
  };
  return (
    <>
      <button
        type="button"
        class="quiet open-file"
        aria-label={isNarrow.value ? words.openFile : undefined}
        title={words.openFileTitle}
        onClick={() => chooser.current?.click()}
      >
        {isNarrow.value ? FOLDER : words.openFile}
      </button>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label={words.openFileTitle}
        onChange={(event) => open(event.currentTarget)}
      />
    </>
  );
}

/** A file that is dropped on the page, or a table that is pasted where nothing else takes it, is opened. */
export function Drop({ open }: Props) {
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
      open(file);
    };
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text') ?? '';
      if (event.defaultPrevented || isTyping(event.target) || !isTable(text)) return;
      event.preventDefault();
      incoming.value = { source: text };
    };
    return listen(window, { paste: onPaste, dragover: onOver, dragleave: onLeave, drop: onDrop });
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
