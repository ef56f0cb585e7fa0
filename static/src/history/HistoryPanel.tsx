import { inWords, type Sentence } from '../maths/sentences';
import { comparing, inSteps, pinned, toggleComparing, togglePin } from '../state/compare';
import { type Entry, MAX_ENTRIES } from '../state/history';
import { history } from '../state/store';
import { canRedo, canUndo, goTo, redo, undo } from '../state/undo';
import { texts } from '../texts';
import { LinkButton, Sign, SignButton } from '../ui/buttons';
import { SymbolMath } from '../ui/MathML';
import { NumberText } from '../ui/NumberText';
import { Panel } from '../ui/Panel';
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

/** A move between training steps names its target; other titles show their training step unless it is the first. */
const isElsewhere = ({ step, line }: Entry): boolean => step > 1 && step === line.first;

/** The changes, the newest on top; each restores its moment. */
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
        {words.keys}
        {texts.timeline.between}
        {words.bound(MAX_ENTRIES)}
      </p>
      <p>
        <LinkButton title={texts.compare.pinTitle} onClick={togglePin}>
          {pinned.value ? texts.compare.unpinTitle : texts.compare.pin}
        </LinkButton>
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

/** Undo and redo buttons; each names the change that it reverts or repeats. */
export function UndoRedo() {
  const { entries, at } = history.value;
  const titleAt = (place: number) => inWords(entries[place]?.title ?? []);
  return (
    <>
      <SignButton
        {...named(words.undo(canUndo.value ? titleAt(at) : null), words.undoKeys)}
        d="M6 3 3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H7"
        disabled={!canUndo.value}
        onClick={() => void undo()}
      />
      <SignButton
        {...named(words.redo(canRedo.value ? titleAt(at + 1) : null), words.redoKeys)}
        d="M10 3l3 3-3 3M13 6H6.5a3.5 3.5 0 0 0 0 7H9"
        disabled={!canRedo.value}
        onClick={() => void redo()}
      />
    </>
  );
}

const named = (label: string, keys: string) => ({ label, title: `${label} (${keys})` });

/** The title of a change: symbols as formulas, numbers as digits. */
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
