import { texts } from '../texts';
import { LanguageChoice } from './LanguageChoice';
import { isNarrow } from './narrow';
import { closePanel, Panel } from './Panel';
import { Sign } from './Sign';
import { ThemeChoice } from './ThemeChoice';

const words = texts.header;

/** What one sets once: in sight where there is room for it, and behind one button on a phone. */
export function Settings({ onHelp }: { onHelp: () => void }) {
  if (!isNarrow.value)
    return (
      <>
        <LanguageChoice />
        <ThemeChoice />
        <button
          type="button"
          class="quiet help-button"
          title={`${words.help} (?)`}
          aria-label={words.help}
          onClick={onHelp}
        >
          ?
        </button>
      </>
    );
  return (
    <Panel id="settings" label={words.settings} title={words.settings} button={<Sign d={MORE} />}>
      {() => (
        <div class="settings-panel">
          <p>
            <span aria-hidden="true">{words.language}</span>
            <LanguageChoice />
          </p>
          <p>
            <span aria-hidden="true">{words.themeGroup}</span>
            <ThemeChoice />
          </p>
          <button
            type="button"
            class="link"
            onClick={({ currentTarget }) => {
              closePanel(currentTarget);
              onHelp();
            }}
          >
            {words.help}
          </button>
        </div>
      )}
    </Panel>
  );
}

/** Three dots. */
const MORE = [3, 7.5, 12].map((left) => `M${left} 8a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0`).join('');
