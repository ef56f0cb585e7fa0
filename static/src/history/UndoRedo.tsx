import { Sign } from '../page/Sign';
import { inWords } from '../say';
import { history } from '../state/store';
import { canRedo, canUndo, redo, undo } from '../state/undo';
import { texts } from '../texts';

const words = texts.history;

/** Back and forth, each saying what it takes back or does again. */
export function UndoRedo() {
  const { entries, at } = history.value;
  const titleAt = (place: number) => inWords(entries[place]?.title ?? []);
  return (
    <>
      <Step
        label={words.undo(canUndo.value ? titleAt(at) : null)}
        keys={words.undoKeys}
        possible={canUndo.value}
        onStep={undo}
        sign="M6 3 3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H7"
      />
      <Step
        label={words.redo(canRedo.value ? titleAt(at + 1) : null)}
        keys={words.redoKeys}
        possible={canRedo.value}
        onStep={redo}
        sign="M10 3l3 3-3 3M13 6H6.5a3.5 3.5 0 0 0 0 7H9"
      />
    </>
  );
}

interface Props {
  label: string;
  keys: string;
  possible: boolean;
  onStep: () => Promise<void>;
  sign: string;
}

/** It keeps the focus when there is nothing more to do. */
function Step({ label, keys, possible, onStep, sign }: Props) {
  return (
    <button
      type="button"
      class="quiet"
      aria-label={label}
      title={`${label} (${keys})`}
      aria-disabled={!possible}
      onClick={() => possible && void onStep()}
    >
      <Sign d={sign} />
    </button>
  );
}
