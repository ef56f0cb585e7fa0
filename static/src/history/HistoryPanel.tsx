import { SymbolMath } from '../maths/MathML';
import { NumberText } from '../numbers/NumberText';
import { Panel } from '../page/Panel';
import { Sign } from '../page/Sign';
import { inWords, type Sentence } from '../say';
import { comparing, inSteps, pinned, toggleComparing, togglePin } from '../state/compare';
import { type Entry, MAX_ENTRIES } from '../state/history';
import { history } from '../state/store';
import { canRedo, canUndo, goTo, redo, undo } from '../state/undo';
import { texts } from '../texts';
import './history.css';
import './pinned.css';

const words = texts.history;

export function HistoryPanel() {
  return (
    <Panel
      id="history"
      label={words.title}
      title={words.open}
      button={<Sign d="M2.5 8a5.5 5.5 0 1 0 1.8-4.1M2.5 2.5v3h3M8 5v3.2l2.2 1.3" />}
    >
      {() => <Done />}
    </Panel>
  );
}

/** Where a walk led its title says; of what was done in another training step than the first, the number is told. */
const isElsewhere = ({ step, line }: Entry): boolean => step > 1 && step === line.first;

/** What was done, the newest on top; each of it can be gone to. */
function Done() {
  const { entries, at } = history.value;
  return (
    <section class="history">
      <h2>{words.title}</h2>
      <ol reversed aria-label={words.list}>
        {entries
          .map((entry, place) => (
            // An entry has no other identity than its place.
            <li key={place} class={place > at ? 'undone' : undefined}>
              <button type="button" aria-current={place === at ? 'step' : undefined} onClick={() => void goTo(place)}>
                <TitleText of={entry.title} />
                {isElsewhere(entry) && <span class="at-step">{texts.training.at(entry.step)}</span>}
                {place === at && <span class="here">{words.here}</span>}
              </button>
            </li>
          ))
          .reverse()}
      </ol>
      <p class="bound">
        {words.keys} {words.bound(MAX_ENTRIES)}
      </p>
      <p>
        <button type="button" class="link" title={texts.compare.pinTitle} onClick={togglePin}>
          {pinned.value ? texts.compare.unpinTitle : texts.compare.pin}
        </button>
      </p>
    </section>
  );
}

/** Says that a moment is pinned, and shows or hides what differs from it. */
export function PinMark() {
  if (!pinned.value) return null;
  return (
    <button
      type="button"
      class="quiet pin-mark"
      aria-pressed={comparing.value}
      title={inSteps.value ? texts.compare.pinnedTitleAt(pinned.value.step) : texts.compare.pinnedTitle}
      onClick={toggleComparing}
    >
      <Sign d="M8 2.5 12.5 8 8 13.5 3.5 8z" />
      <span>{texts.compare.pinned}</span>
    </button>
  );
}

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

/** What was done, as it is set: symbols as formulas, numbers in figures. */
export function TitleText({ of }: { of: Sentence }) {
  return (
    <span class="title">
      {of.map((part, place) => {
        if (typeof part === 'string') return part;
        // The parts of a sentence have no other identity than their place.
        return 'symbol' in part ? (
          <SymbolMath key={place} of={part.symbol} />
        ) : (
          <NumberText key={place} value={part.value} />
        );
      })}
    </span>
  );
}
