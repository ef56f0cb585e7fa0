import { useEffect, useRef, useState } from 'preact/hooks';
import { listen } from '../state/browser';
import { incoming } from '../state/panels';
import { texts } from '../texts';
import { Sign } from '../ui/buttons';
import { later } from '../ui/Later';
import { isNarrow, Panel } from '../ui/Panel';
import './drop.css';

const words = texts.share;
const ShareMenu = later(() => import('./ShareMenu').then(({ ShareMenu }) => ShareMenu));

/** An icon for sharing: on a phone there is no room for the word. */
const ARROW = <Sign d="M8 10V2.5M5 5l3-2.5L11 5M5 7.5H3.5v6h9v-6H11" />;

/** The ways to save and open a network; their code is loaded when the menu opens. */
export function SharePanel({ print }: { print: () => void }) {
  return (
    <Panel id="share" label={words.open} title={words.openTitle} button={isNarrow.value ? ARROW : words.open}>
      {() => <ShareMenu print={print} />}
    </Panel>
  );
}

/** A folder: on a phone there is no room for the word. */
const FOLDER = <Sign d="M2 13V3.5h4l1.5 2H14V13z" />;

/** Opens a network from a chosen file. */
interface OpenProps {
  open: (file: File) => void;
}

export function OpenFile({ open: openFile }: OpenProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const open = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    // The same file may have changed, and be chosen again.
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

/** Opens a file that is dropped on the page, or a table that is pasted where nothing else handles it. */
export function Drop({ open }: OpenProps) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const taken = (event: DragEvent) => event.defaultPrevented || !event.dataTransfer?.types.includes('Files');
    const onOver = (event: DragEvent) => {
      if (taken(event)) return setOver(false);
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      // The event also fires between parts of the page, but then with a related target.
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

/** Several rows with several cells. */
const isTable = (text: string): boolean =>
  /[\t,;|]/.test(text) && /\n[^\n]/.test(text.trim()) && !/^\s*[[{(]/.test(text);
