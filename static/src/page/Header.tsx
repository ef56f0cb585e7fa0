import { computed } from '@preact/signals';
import { HistoryPanel, PinMark, UndoRedo } from '../history/HistoryPanel';
import { print } from '../print/printing';
import { OpenFile, SharePanel } from '../share/SharePanel';
import { openExample } from '../state/network';
import { example, examples, network } from '../state/store';
import { setTheme, THEMES, theme } from '../state/theme';
import { VIEWS, view } from '../state/view';
import { texts } from '../texts';
import { chooseLanguage, LANGUAGES } from '../texts/language';
import { LinkButton, Sign } from '../ui/buttons';
import { Choice, Select } from '../ui/choices';
import { closePanel, isNarrow, Panel } from '../ui/Panel';
import { Folds } from '../ui/PictureTools';
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

/** The views as links: the address contains the open view. */
function Views() {
  return (
    <nav class="views" aria-label={texts.views.label}>
      {VIEWS.map((one) => (
        <a
          key={one}
          href={`#${one}`}
          title={texts.views.hints[one]}
          aria-current={view.value === one ? 'page' : undefined}
        >
          {texts.views.titles[one]}
        </a>
      ))}
    </nav>
  );
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

const SIGNS = {
  system: 'M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12',
  light:
    'M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.5 1.5M11.5 11.5 13 13M3 13l1.5-1.5M11.5 4.5 13 3',
  dark: 'M13 10A6 6 0 0 1 6 3a5.5 5.5 0 1 0 7 7z',
};

/** The colour theme. */
function ThemeChoice() {
  return (
    <Choice
      name="theme"
      class="theme"
      untitled
      words={{ legend: words.themeGroup, names: words.theme, titles: words.theme }}
      options={THEMES}
      chosen={theme.value}
      draw={(one) => (
        <>
          <svg class={`sign ${one}`} viewBox="0 0 16 16" aria-hidden="true">
            <path d={SIGNS[one]} />
          </svg>
          <span class="visually-hidden">{words.theme[one]}</span>
        </>
      )}
      onChoose={setTheme}
    />
  );
}

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
