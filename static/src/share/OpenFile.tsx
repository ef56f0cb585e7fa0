import { useRef } from 'preact/hooks';
import { isNarrow } from '../page/narrow';
import { Sign } from '../page/Sign';
import { texts } from '../texts';
import { openFileLater } from './open-later';

const words = texts.share;

/** A folder: on a phone the word has no room. */
const FOLDER = <Sign d="M2 13V3.5h4l1.5 2H14V13z" />;

/** Opens a network from a file that is chosen. */
export function OpenFile() {
  const chooser = useRef<HTMLInputElement>(null);
  const open = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    // The same file may have been changed, and be chosen again.
    input.value = '';
    if (file) void openFileLater(file);
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
