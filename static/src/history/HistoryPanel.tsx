import { Panel } from '../page/Panel';
import { Sign } from '../page/Sign';
import { pinned, togglePin } from '../state/compare';
import { type Entry, MAX_ENTRIES } from '../state/history';
import { history } from '../state/store';
import { goTo } from '../state/undo';
import { texts } from '../texts';
import { TitleText } from './TitleText';
import './history.css';

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
