import { computed } from '@preact/signals';
import { HistoryPanel, PinMark, UndoRedo } from '../history/HistoryPanel';
import { print } from '../print/printing';
import { OpenFile, SharePanel } from '../share/SharePanel';
import { openExample } from '../state/network';
import { example, examples, network } from '../state/store';
import { VIEWS, view } from '../state/view';
import { texts } from '../texts';
import { Select } from '../ui/choices';
import { Folds } from '../ui/PictureTools';
import { openFile } from './parts';
import { Settings } from './Settings';

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
