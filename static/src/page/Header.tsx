import { computed } from '@preact/signals';
import { HistoryPanel, PinMark, UndoRedo } from '../history/HistoryPanel';
import { print } from '../print/printing';
import { OpenFile, SharePanel } from '../share/SharePanel';
import { openExample } from '../state/network';
import { example, examples, network } from '../state/store';
import { texts } from '../texts';
import { chooseLanguage, LANGUAGES } from '../texts/language';
import { LinkButton, Sign } from '../ui/buttons';
import { Select } from '../ui/choices';
import { closePanel, isNarrow, Panel } from '../ui/Panel';
import { Folds } from '../ui/PictureTools';
import { ThemeChoice, Views } from './choices';
import { openFile } from './parts';

const words = texts.header;

export function Header({ onHelp }: { onHelp: () => void }) {
  return (
    <header class="page-header">
      <h1>{texts.product}</h1>
      <div class="opens">
        <ExampleChoice />
        <OpenFile open={openFile} />
      </div>
      <Views />
      <span class="spring" />
      <div class="tools">
        <PinMark />
        <UndoRedo />
        <HistoryPanel />
        <SharePanel print={print} />
      </div>
      <div class="tools folds">
        <Folds />
      </div>
      <Settings onHelp={onHelp} />
    </header>
  );
}

const isOpen = computed(() => network.value !== null);

function ExampleChoice() {
  return (
    <label class="example" title={words.exampleTitle}>
      <span>{words.example}</span>
      <Select value={example.value ?? ''} options={choices()} onChoose={(slug) => void openExample(slug)} />
    </label>
  );
}

/** The examples; and, while none of them is open unchanged, an entry that says so. */
function choices() {
  const all = examples.value.map(({ slug, title }) => ({ value: slug, title }));
  const own = { value: '', title: isOpen.value ? words.edited : '…', disabled: true };
  return example.value === null ? [own, ...all] : all;
}

/** Settings that are rarely changed: visible if there is room, and behind one button on a phone. */
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
          <LinkButton
            onClick={({ currentTarget }) => {
              closePanel(currentTarget);
              onHelp();
            }}
          >
            {words.help}
          </LinkButton>
        </div>
      )}
    </Panel>
  );
}

/** Three dots. */
const MORE = [3, 7.5, 12].map((left) => `M${left} 8a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0`).join('');

/** Each in its own language, for users who read no other. */
const NAMES = {
  en: { short: 'EN', tag: 'en', name: 'English' },
  zh: { short: '中文', tag: 'zh-Hans', name: '简体中文' },
};

/** The language. */
function LanguageChoice() {
  return (
    <fieldset class="choice languages">
      <legend class="visually-hidden">{texts.header.language}</legend>
      {LANGUAGES.map((one) => {
        const { short, tag, name } = NAMES[one];
        return (
          <label key={one} lang={tag} title={name}>
            <input
              type="radio"
              name="language"
              value={one}
              aria-label={name}
              checked={texts.lang === tag}
              onChange={() => chooseLanguage(one)}
            />
            <span>{short}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
